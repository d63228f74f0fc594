package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SimulateCommandTest {
  @TempDir private Path folder;
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setErr(new PrintWriter(errors))
        .setOut(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  @Test
  void writesTheDemoWithItsTruthAndTheSameBytesEachTime() throws IOException {
    Path first = folder.resolve("a");
    Path second = folder.resolve("b");
    assertThat(run("--preset", "demo", "--out", first.toString())).isZero();
    assertThat(run("--preset", "demo", "--out", second.toString())).isZero();
    List<String> truth = Files.readAllLines(first.resolve("truth.tsv"));
    assertThat(truth.get(0)).isEqualTo("filename\tonset\toffset\tevent_label");
    assertThat(truth)
        .anyMatch(line -> line.matches("smoke-alarm-t3\\.wav\t1\\.000\t.*smoke_alarm"));
    long bytes = 0;
    try (Stream<Path> files = Files.list(first)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
        assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(bytes).isLessThan(3_000_000);
  }

  @Test
  void saysWhatIsWrongWithItsArguments() {
    assertThat(run("--preset", "nonsense", "--out", folder.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("no preset 'nonsense'");
    assertThat(run("--preset", "training", "--out", folder.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("--data DIR");
  }

  @Test
  void rendersTheRecordingsWhereTheyAreAtHand() throws IOException {
    String configured = System.getenv("EARSHOT_AUDIO");
    Path audio = configured == null ? Path.of("../../shared/audio") : Path.of(configured);
    assumeTrue(
        Files.isRegularFile(audio.resolve("MANIFEST.csv")),
        "no recordings at " + audio + "; set EARSHOT_AUDIO to run this test");
    assertThat(
            run(
                "--data",
                audio.toString(),
                "--out",
                folder.toString(),
                "--count",
                "3",
                "--seed",
                "7"))
        .isZero();
    assertThat(Files.readAllLines(folder.resolve("scenes.tsv"))).hasSize(4);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".wav"))).hasSize(3);
    }
  }
}
