package org.earshot.evaluation;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs YAMNet over streams in a process of its own, since its native library's binding does not go
 * together with DeepLearning4J's.
 *
 * <p>The class path is {@code benchmarks/target}, which the build fills. Scores are kept beside the
 * streams under a name made from the model's and all streams' bytes, so that the same streams are
 * not scored twice.
 */
final class YamnetProcess {

  private static final String MAIN_CLASS = "org.earshot.benchmarks.peer.YamnetPeer";

  private YamnetProcess() {}

  /**
   * Scores every stream.
   *
   * @param model {@code yamnet.tflite}
   * @param benchmarks the benchmarks module's {@code target} folder; null to look for it
   * @param work where the list and the scores go
   */
  static PeerScores run(Path model, Path benchmarks, List<EvaluationStream> streams, Path work)
      throws IOException {
    return run(model, null, benchmarks, streams, work);
  }

  /**
   * Scores every stream, for other classes than those that have a bearing on events.
   *
   * @param classes {@code yamnet_class_map.csv} for all classes; null for those of events
   */
  static PeerScores run(
      Path model, Path classes, Path benchmarks, List<EvaluationStream> streams, Path work)
      throws IOException {
    if (!Files.isReadable(model)) {
      throw new IOException("no readable YAMNet model at " + model);
    }
    String all = classes == null ? "" : "-all";
    Path scores = work.resolve("yamnet-" + digest(model, streams) + all + ".tsv");
    if (!Files.isRegularFile(scores)) {
      Path list = work.resolve("yamnet-files.txt");
      Files.write(list, streams.stream().map(EvaluationStream::peerName).toList());
      Path partial = work.resolve("yamnet-partial.tsv");
      List<Path> files = new ArrayList<>(List.of(model, list, partial));
      if (classes != null) {
        files.add(classes);
      }
      start(benchmarks == null ? findBenchmarks() : benchmarks, files);
      Files.move(partial, scores);
    }
    return PeerScores.read(scores);
  }

  private static void start(Path benchmarks, List<Path> arguments) throws IOException {
    Path classes = benchmarks.resolve("classes");
    Path libraries = benchmarks.resolve("lib");
    if (!Files.isDirectory(libraries)) {
      throw new IOException(
          libraries + " is absent; build it with: mvn -pl benchmarks -am package");
    }
    String classPath =
        String.join(
            java.io.File.pathSeparator,
            Files.isDirectory(classes) ? classes.toString() : benchmarks.resolve("*").toString(),
            libraries.resolve("*").toString());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-cp", classPath, MAIN_CLASS));
    arguments.forEach(argument -> command.add(argument.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("YAMNet's process ended with status " + status);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while YAMNet ran", e);
    }
  }

  /**
   * The folder named by system property {@code earshot.root}, else the first above this class's
   * code.
   */
  private static Path findBenchmarks() throws IOException {
    String home = System.getProperty("earshot.root");
    Path from = home != null ? Path.of(home).toAbsolutePath() : codeLocation();
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve("benchmarks").resolve("target");
      if (Files.isDirectory(candidate.resolve("lib"))) {
        return candidate;
      }
    }
    throw new IOException(
        "benchmarks/target/lib is absent; build it with: mvn -pl benchmarks -am package");
  }

  private static Path codeLocation() throws IOException {
    try {
      return Path.of(
          YamnetProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static String digest(Path model, List<EvaluationStream> streams) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    List<Path> files =
        Stream.concat(Stream.of(model), streams.stream().map(EvaluationStream::file)).toList();
    for (Path file : files) {
      digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
