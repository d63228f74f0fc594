package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earshot.heads.HeadStore;
import org.earshot.heads.SigningKey;
import org.earshot.heads.TrustedKeys;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on head updates, without a device. */
class HeadUpdatesCommandTest {
  @TempDir Path folder;
  private final SoundModel model = TestModels.random(1, 4, "siren");
  private Path key;
  private Path update;

  @BeforeEach
  void make() throws IOException {
    ModelFile.write(model, folder.resolve("models"));
    key = folder.resolve("heads.pem");
    assertThat(heads("key", key + "").code()).isEqualTo(ExitCode.DONE);
    update = folder.resolve("kettle.esh");
    Files.write(update, Updates.file(model.base(), "kettle", 2, SigningKey.read(key)));
  }

  private Run heads(String... arguments) {
    List<String> all = new ArrayList<>(List.of("heads"));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private Run verify(Path... files) {
    List<String> all =
        new ArrayList<>(
            List.of("verify", "--models", folder.resolve("models") + "", "--trust", key + ".pub"));
    Arrays.stream(files).forEach(file -> all.add(file.toString()));
    return heads(all.toArray(String[]::new));
  }

  @Test
  void verifyTellsTheGoodFromTheBadAndGoesOn() throws IOException {
    byte[] bytes = Files.readAllBytes(update);
    Path cut = Files.write(folder.resolve("cut.esh"), Arrays.copyOf(bytes, bytes.length - 9));
    Path foreign =
        Files.write(
            folder.resolve("foreign.esh"),
            Updates.file(model.base(), "kettle", 2, SigningKey.generate()));
    Run run = verify(cut, foreign, update);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.outLines())
        .containsExactly(update + "\tkettle\t2\t" + bytes.length + " bytes\tgood");
    assertThat(run.err()).contains("cut.esh: says it has").contains("foreign.esh: signed by");
    assertThat(verify(update).code()).isEqualTo(ExitCode.DONE);
    assertThat(verify(folder.resolve("absent.esh")).code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aKeyIsNeverOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(key);
    Run run = heads("key", key + "");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("heads.pem: there is a file of this name");
    assertThat(Files.readAllBytes(key)).isEqualTo(before);
  }

  @Test
  void requestsAreLeftForTheDevice() throws IOException {
    Path state = folder.resolve("state");
    Path requests = state.resolve("heads").resolve("requests");
    assertThat(heads("install", "--state", state + "", update + "").code()).isZero();
    assertThat(requests.resolve("kettle.esh")).hasSameBinaryContentAs(update);
    assertThat(heads("remove", "--state", state + "", "siren").code()).isZero();
    assertThat(requests.resolve("siren.remove")).isEmptyFile();
    assertThat(heads("roll-back", "--state", state + "", "siren").code()).isZero();
    assertThat(requests.resolve("siren.rollback")).isEmptyFile();
    assertThat(heads("remove", "--state", state + "", "../x").code())
        .isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void listShowsWhatADeviceHearsWith() throws Exception {
    Path state = folder.resolve("state");
    TrustedKeys keys = TrustedKeys.read(List.of(SigningKey.publicFile(key)));
    HeadStore.open(state.resolve("heads"), model, keys, (what, why) -> {})
        .take(Files.readAllBytes(update), "update");
    assertThat(HeadStore.highest(state.resolve("heads"), "kettle")).isEqualTo(2);
    assertThat(HeadStore.highest(state.resolve("heads"), "siren")).isZero();
    Path config = folder.resolve("earshot.toml");
    Files.writeString(
        config,
        "[device]\nstate = \"" + state + "\"\n[heads]\ntrusted_keys = [\"" + key + ".pub\"]\n");
    Run run = heads("list", "--models", folder.resolve("models") + "", "--config", config + "");
    assertThat(run.code()).isZero();
    assertThat(run.outLines()).anyMatch(line -> line.matches("kettle +2  no operating curve.*"));
  }
}
