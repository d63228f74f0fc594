package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earshot.model.ModelFile;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path folder;

  @Test
  void explainsEveryCommand() {
    for (String[] arguments :
        new String[][] {{"--help"}, {"detect", "--help"}, {"demo", "--help"}, {"help", "demo"}}) {
      Run run = Run.of(arguments);
      assertThat(run.code()).isEqualTo(ExitCode.DONE);
      assertThat(run.out()).contains("Usage: earshot");
      assertThat(run.err()).isEmpty();
    }
    assertThat(Run.of("detect", "--help").out()).contains("--posteriors=DIR", "65 ");
  }

  @Test
  void tellsItsVersion() {
    assertThat(Run.of("--version").out()).contains("Earshot", "Java");
  }

  @Test
  void wrongUsageIsCode2AndSaysWhatIsWrong() {
    assertThat(Run.of().code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Run.of("hear").err()).contains("hear");
    assertThat(Run.of("hear").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Run.of("detect").err()).contains("PATH");
    assertThat(Run.of("detect").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Run.of("detect", "--format", "xml", "a.wav").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Run.of("demo", "--speed", "-1").code()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void aMissingModelIsOneLineThatSaysWhatToDo() {
    String models = folder.resolve("none").toString();
    Run run = Run.of("detect", "--models", models, "a.wav");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).singleElement().asString().contains(models, "--models", "train");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aDamagedModelIsOneLineThatNamesFileAndOffset() throws IOException {
    ModelFile.write(TestModels.random(1, 4, "siren"), folder);
    Path base = folder.resolve("base.esb");
    byte[] bytes = Files.readAllBytes(base);
    bytes[bytes.length - 1] ^= 1;
    Files.write(base, bytes);
    Run run = Run.of("detect", "--models", folder.toString(), "a.wav");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains("base.esb", "byte 104", "SHA-256", "export it again");
  }

  @Test
  void aModelWithoutHeadsIsRefused() throws IOException {
    ModelFile.write(TestModels.random(1, 4), folder);
    Run run = Run.of("detect", "--models", folder.toString(), "a.wav");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).singleElement().asString().contains("no heads");
  }
}
