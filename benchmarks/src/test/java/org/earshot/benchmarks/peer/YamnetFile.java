package org.earshot.benchmarks.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the YAMNet model that the tests of this module may use; it is never part of the repository.
 */
final class YamnetFile {

  private YamnetFile() {}

  /**
   * The model: environment variable EARSHOT_YAMNET, else shared/peers beside the repository; skips
   * when absent.
   */
  static Path orSkip() {
    String named = System.getenv("EARSHOT_YAMNET");
    Path file =
        named != null ? Path.of(named) : Path.of("..", "..", "shared", "peers", "yamnet.tflite");
    Assumptions.assumeTrue(
        Files.isReadable(file),
        "skipped: no YAMNet model at " + file + " (set EARSHOT_YAMNET to its path)");
    return file;
  }

  static Path classMapOrSkip() {
    Path file = orSkip().resolveSibling("yamnet_class_map.csv");
    Assumptions.assumeTrue(
        Files.isReadable(file), "skipped: no " + file + " beside the YAMNet model");
    return file;
  }
}
