package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenCommandTest {
  private static final String SMOKE = Path.of("demo", "smoke-alarm-t3.wav").toString();
  private static final String DOG = Path.of("demo", "dog-bark.wav").toString();

  private static final Path MODELS = Path.of("..", "models");

  @TempDir private Path folder;

  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config = folder.resolve("earshot.toml");
    Files.writeString(
        config,
        "[device]\nstate = '"
            + folder.resolve("state")
            + "'\n[guard]\nmode = 'disarmed'\n[siren]\noutput = 'none'\n[health]\nport = 0\n");
  }

  private Run listen(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("listen", "--config", config.toString(), "--models", MODELS.toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void tellsAnAlertFromItsBeginningToItsEnd() {
    Run run = listen("--wav", SMOKE, DOG);

    assertThat(run.code()).as(run.err()).isZero();
    List<List<String>> rows = run.out().lines().map(line -> List.of(line.split("\t", -1))).toList();
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(6));
    assertThat(rows.get(0)).contains("smoke_alarm", "opened", "recording");
    assertThat(rows.get(rows.size() - 1)).contains("smoke_alarm", "ended");
    assertThat(rows.stream().map(row -> row.get(1)).distinct()).hasSize(1); // one id
    assertThat(run.out()).doesNotContain("dog_bark"); // which does not count while disarmed
  }

  @Test
  void aRecordingThatCannotBeReadEndsWith65() {
    Run run = listen("--wav", SMOKE, folder.resolve("missing.wav").toString());

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("missing.wav").contains("check the path");
    assertThat(run.out()).contains("smoke_alarm"); // what came before was heard
  }

  @Test
  void aMistakeInTheConfigurationIsSaidInALine() throws IOException {
    Files.writeString(config, "[broker]\nurl = 'localhost'\n");

    Run run = listen("--wav", SMOKE);

    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("broker.url").contains("mqtt://HOST");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void wrongUsageIsRefused() {
    assertThat(listen("--wav", SMOKE, "--mic", "hw:1").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(listen("--mic", "hw:1", "--source", "tape").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Run.of("check-mic", "--seconds", "0").code()).isEqualTo(ExitCode.WRONG_USAGE);
  }
}
