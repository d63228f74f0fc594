package org.earshot.cloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.earshot.cloud.CloudCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private static final Path RECORDINGS = Path.of("..", "device-runtime", "demo");
  private static final Path MODELS = Path.of("..", "models");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int demo(Path recordings, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "demo", "--models", MODELS.toString(), "--recordings", recordings.toString()),
                Stream.of(more))
            .toList();
    return CloudCommands.run(out, err, arguments.toArray(String[]::new));
  }

  @Test
  void whatTheDeviceHearsArrivesWithItsClip() throws IOException {
    Path clips = folder.resolve("clips");

    assertThat(demo(RECORDINGS, "--speed", "100", "--out", clips.toString()))
        .as("%s", err)
        .isZero();

    String told = out.toString(StandardCharsets.UTF_8);
    assertThat(told)
        .containsPattern("smoke-alarm-t3.wav +smoke_alarm +after [0-9.]+ s +[0-9.]+ s, [0-9]+ kB")
        .containsPattern("co-alarm-t4.wav +co_alarm +after [0-9.]+ s +[0-9.]+ s, [0-9]+ kB")
        .containsPattern("[789] of 9 sounds told, 0 false alerts");
    try (Stream<Path> files = Files.list(clips)) {
      List<Path> flacs = files.sorted().toList();
      assertThat(flacs).hasSizeBetween(7, 9);
      for (Path flac : flacs) {
        assertThat(AudioFiles.readAll16k(flac, 1 << 24).length)
            .as("%s", flac)
            .isGreaterThan(4 * AudioFiles.SAMPLE_RATE_HZ);
      }
    }
  }

  @Test
  void recordingsOfOneEventAreNotPlayedInARow() throws IOException {
    List<String> names =
        Programme.of(RECORDINGS).parts().stream().map(Programme.Part::name).toList();
    for (int i = 1; i < names.size(); i++) {
      boolean both = names.get(i).startsWith("smoke") && names.get(i - 1).startsWith("smoke");
      assertThat(both).as("%s", names).isFalse();
    }
  }

  @Test
  void wrongUsageAndMissingRecordingsAreSaidInALine() {
    assertThat(demo(RECORDINGS, "--speed", "0")).isEqualTo(2);
    assertThat(demo(folder)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--speed: wanted 0.1 to 100")
        .contains("no recordings here");
  }
}
