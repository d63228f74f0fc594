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
import org.earshot.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private static final Path RECORDINGS = Path.of("..", "device-runtime", "demo");
  private static final Path MODELS = Path.of("..", "models");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int demo(Path recordings, String... more) {
    return demo(MODELS, recordings, more);
  }

  private int demo(Path models, Path recordings, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "demo", "--models", models.toString(), "--recordings", recordings.toString()),
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
  void everySoundThatIsToldHasAVerdictAndThePageIsNamed() throws IOException {
    Path models = folder.resolve("models");
    copy(MODELS, models);
    copy(MODELS.resolve("heads"), models.resolve("heads"));
    DemoVerifier.write(models.resolve("verifier"), ModelFile.read(models).events());
    Path one = folder.resolve("one");
    Files.createDirectory(one);
    Files.copy(RECORDINGS.resolve("siren-wail.wav"), one.resolve("siren-wail.wav"));
    Files.copy(RECORDINGS.resolve("truth.tsv"), one.resolve("truth.tsv"));

    assertThat(demo(models, one, "--speed", "20")).as("%s", err).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern(
            "The history page: http://127.0.0.1:[0-9]+, sign in as demo with the password"
                + " [a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}")
        .containsPattern("owner +siren: confirmed, [01][.][0-9]{2}")
        .containsPattern("siren-wail.wav +siren +after .* kB +confirmed, [01][.][0-9]{2}")
        .contains("The verifier rejected 0 of the false alerts and 0 of the others.");
  }

  @Test
  void withoutAVerifierItSaysSo() throws IOException {
    Path models = folder.resolve("models");
    copy(MODELS, models);
    copy(MODELS.resolve("heads"), models.resolve("heads"));
    Path one = Files.createDirectory(folder.resolve("one"));
    Files.copy(RECORDINGS.resolve("siren-wail.wav"), one.resolve("siren-wail.wav"));

    assertThat(demo(models, one, "--speed", "100", "--stay")).as("%s", err).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("No verifier: ")
        .doesNotContain("history page:", "Press Enter");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
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
    assertThat(demo(RECORDINGS, "--page", "70000")).isEqualTo(2);
    assertThat(demo(folder)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--speed: wanted 0.1 to 100")
        .contains("--page: wanted 0 to 65535")
        .contains("no recordings here");
  }
}
