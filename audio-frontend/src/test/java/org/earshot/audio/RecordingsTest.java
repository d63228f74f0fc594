package org.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real FLAC files, made by libFLAC: each carries the MD5 of its samples, which is checked. */
final class RecordingsTest {
  private static final Path RECORDINGS =
      Path.of(Objects.requireNonNullElse(System.getenv("EARSHOT_AUDIO"), "../../shared/audio"));

  @Test
  void decodesEveryTwentiethRecordingToTheSamplesItsChecksumTells() throws IOException {
    assumeThat(RECORDINGS)
        .as("the development recordings are beside the repository or at EARSHOT_AUDIO")
        .isDirectory();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(RECORDINGS)) {
      files = walk.filter(p -> p.toString().endsWith(".flac")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (int i = 0; i < files.size(); i += 20) {
      float[] samples = AudioFiles.readAll16k(files.get(i), 60 * AudioFiles.SAMPLE_RATE_HZ);
      assertThat(samples).as(files.get(i).toString()).isNotEmpty();
    }
  }
}
