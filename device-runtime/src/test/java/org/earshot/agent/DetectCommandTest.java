package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.wav.SampleFormat;
import org.earshot.audio.wav.WavWriter;
import org.earshot.model.DecisionParameters;
import org.earshot.model.ModelFile;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole command over a model whose posterior follows the level of the sound. */
class DetectCommandTest {
  private static final String HEADER = "filename\tonset\toffset\tevent_label\tposterior";
  private static final DecisionParameters DECISION =
      new DecisionParameters(3, 0.6f, 0.4f, 2, 0.1f, 0, 0);

  @TempDir Path folder;
  private Path recordings;

  @BeforeEach
  void writeModel() throws IOException {
    ModelFile.write(
        TestModels.level(FeatureSpec.standard(), DECISION, "siren", "dog_bark"),
        folder.resolve("models"));
    recordings = Files.createDirectory(folder.resolve("recordings"));
  }

  @Test
  void printsAHeaderAndOneLineAnAlert() throws IOException {
    Path file = burst("one.wav", 3);
    Run run = detect("--events", "siren", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).isEmpty();
    assertThat(run.outLines()).hasSize(2).startsWith(HEADER);
    String[] cells = run.outLines().get(1).split("\t", -1);
    assertThat(cells).hasSize(5);
    assertThat(cells[0]).isEqualTo(file.toString());
    assertThat(cells[1]).matches("\\d+\\.\\d\\d");
    assertThat(Double.parseDouble(cells[1])).isBetween(2.9, 3.1);
    assertThat(Double.parseDouble(cells[2])).isBetween(3.3, 3.7);
    assertThat(cells[3]).isEqualTo("siren");
    assertThat(cells[4]).matches("[01]\\.\\d\\d\\d");
  }

  @Test
  void saysHowToComeByAModelWhereThereIsNone() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path models : List.of(empty, folder.resolve("nowhere"))) {
      Run run = Run.of("detect", "--models", models.toString(), burst("a.wav", 2).toString());
      assertThat(run.code()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).isEmpty();
      assertThat(run.errLines()).hasSize(1);
      assertThat(run.err()).contains(models + ": no model here").contains("'earshot train'");
    }
  }

  @Test
  void printsTheHeaderAloneForSilence() throws IOException {
    WavWriter.write(recordings.resolve("s.wav"), new float[80_000], 16_000, SampleFormat.PCM_16);
    Run run = detect(recordings.toString());
    assertThat(run).isEqualTo(new Run(ExitCode.DONE, HEADER + "\n", ""));
  }

  @Test
  void callsRecordingsByTheirPathInTheFolderAndSortsThem() throws IOException {
    burst("b.wav", 2);
    burst("a.WAV", 2);
    burst("sub/c.bin", 2);
    Run run = detect("--events", "siren", recordings.toString());
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(names(run)).containsExactly("a.WAV", "b.wav", "sub/c.bin");
  }

  @Test
  void hearsOnlyTheSelectedEvents() throws IOException {
    Path file = burst("one.wav", 2);
    assertThat(detect(file.toString()).outLines()).hasSize(3);
    assertThat(detect("--events", "dog_bark", file.toString()).out())
        .contains("dog_bark")
        .doesNotContain("siren");
    Run unknown = detect("--events", "siren,cat", file.toString());
    assertThat(unknown.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(unknown.errLines()).singleElement().asString().contains("'cat'", "dog_bark, siren");
    assertThat(unknown.out()).isEmpty();
  }

  @Test
  void sensitivityChangesWhatIsHeardForAllOrForOneEvent() throws IOException {
    ModelFile.write(
        TestModels.level(
            FeatureSpec.standard(),
            new DecisionParameters(1, 0.97f, 0.9f, 1, 0, 0, 0),
            "siren",
            "dog_bark"),
        folder.resolve("models"));
    Path file = burst("one.wav", 2);
    int stored = detect(file.toString()).outLines().size();
    assertThat(detect("--sensitivity", "50", file.toString()).outLines()).hasSize(stored);
    assertThat(detect("--sensitivity", "0", file.toString()).outLines()).hasSize(1);
    assertThat(detect("--sensitivity", "0", "--sensitivity", "siren=50", file.toString()).out())
        .contains("siren")
        .doesNotContain("dog_bark");
    for (String wrong : List.of("101", "-1", "high", "siren=", "cat=50")) {
      Run run = detect("--sensitivity", wrong, file.toString());
      assertThat(run.code()).as(wrong).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(run.err()).contains("--sensitivity");
    }
  }

  @Test
  void printsJsonLinesWithTheSameNames() throws IOException {
    Path file = burst("quo\"te.wav", 2);
    Run run = detect("--format", "jsonl", "--events", "siren", file.toString());
    assertThat(run.outLines())
        .singleElement()
        .asString()
        .matches(
            "\\{\"filename\":\".*quo\\\\\"te.wav\",\"onset\":\\d+\\.\\d\\d,\"offset\":\\d+\\.\\d\\d,"
                + "\"event_label\":\"siren\",\"posterior\":[01]\\.\\d{3}}");
  }

  @Test
  void writesOneTableOfPosteriorsARecording() throws IOException {
    burst("sub/a.wav", 2);
    Path tables = folder.resolve("tables");
    assertThat(detect("--posteriors", tables.toString(), recordings.toString()).code()).isZero();
    List<String> lines = Files.readAllLines(tables.resolve("sub/a.wav.tsv"));
    assertThat(lines.get(0)).isEqualTo("time\tdog_bark\tsiren");
    assertThat(lines).hasSize(1 + 132); // 4 s: 398 frames, 132 steps
    assertThat(lines.get(1)).matches("0\\.00\t[01]\\.\\d{5}\t[01]\\.\\d{5}");
    assertThat(lines.get(132)).startsWith("3.93\t");
  }

  @Test
  void keepsTablesOfPosteriorsWithinTheirFolder() throws IOException {
    Path file = burst("a.wav", 2);
    Path outside = recordings.resolve("..").resolve("recordings").resolve("a.wav");
    Path tables = folder.resolve("tables");
    Run run = detect("--posteriors", tables.toString(), file.toString(), outside.toString());
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).singleElement().asString().contains("two recordings");
    assertThat(tables.resolve(file.getRoot().relativize(file) + ".tsv")).exists();
  }

  @Test
  void aThousandJunkFilesGetALineEachAndTheGoodOneIsStillHeard() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] junk = new byte[random.nextInt(300)];
      random.nextBytes(junk);
      Files.write(recordings.resolve("junk" + i + (i % 2 == 0 ? ".wav" : ".bin")), junk);
    }
    burst("good.wav", 2);
    Run run = detect("--events", "siren", recordings.toString());
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(names(run)).containsExactly("good.wav");
    assertThat(run.errLines()).hasSize(1000).allMatch(line -> line.startsWith("earshot: "));
    assertThat(run.errLines()).allMatch(line -> line.contains("junk") && line.contains("byte "));
  }

  @Test
  void reportsTheAlertsBeforeADamagedPlace() throws IOException {
    float[] sound = new float[5 * 16_000];
    System.arraycopy(TestModels.bursts(1, 16_000), 8_000, sound, 32_000, 8_000);
    Path file = recordings.resolve("nan.wav");
    WavWriter.write(file, sound, 16_000, SampleFormat.FLOAT_32);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 8, bytes.length, (byte) 0xff); // two floats that are NaN
    Files.write(file, bytes);
    Run run = detect("--events", "siren", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.errLines()).singleElement().asString().contains("nan.wav");
  }

  @Test
  void aPathThatIsNotThereIsBadInputAndTheOthersAreHeard() throws IOException {
    Path file = burst("one.wav", 2);
    Run run = detect("--events", "siren", "gone.wav", file.toString(), folder.toString());
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.errLines().get(0))
        .isEqualTo("earshot: gone.wav: does not exist; check the path");
    assertThat(names(run)).containsExactly(file.toString(), "recordings/one.wav");
  }

  @Test
  void aFolderOrFileWithoutPermissionIsBadInput() throws IOException {
    burst("good.wav", 2);
    Path closed = Files.createDirectory(recordings.resolve("closed"));
    Path secret = burst("secret.wav", 2);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    try {
      assumeTrue(!Files.isReadable(secret), "the user root may read everything");
      Run run = detect("--events", "siren", recordings.toString());
      assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(run.errLines()).hasSize(2).allMatch(line -> line.contains("permissions"));
      assertThat(names(run)).containsExactly("good.wav");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void passesOverNotesInFoldersWithOneLine() throws IOException {
    burst("a.wav", 2);
    burst("really-audio.txt", 2);
    for (String note : List.of("MANIFEST.csv", "a.tsv", "README", "notes.MD", ".hidden")) {
      Files.writeString(recordings.resolve(note), "text");
    }
    Run run = detect("--events", "siren", recordings.toString());
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(names(run)).containsExactly("a.wav", "really-audio.txt");
    assertThat(run.errLines()).singleElement().asString().contains("skipped 5 notes");
  }

  @Test
  void namesGivenDirectlyAreNeverPassedOver() throws IOException {
    Path note = Files.writeString(recordings.resolve("notes.txt"), "text");
    Run run = detect(note.toString());
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.errLines()).singleElement().asString().contains("notes.txt", "WAV or FLAC");
  }

  @Test
  void namesWithTabsAndLineEndsBreakNoLine() throws IOException {
    burst("a\tb\nc\u001b[31m.wav", 2);
    Files.write(recordings.resolve("bad\nname.wav"), new byte[3]);
    Run run = detect("--events", "siren", recordings.toString());
    assertThat(names(run)).containsExactly("a\\tb\\nc?[31m.wav");
    assertThat(run.errLines()).singleElement().asString().contains("bad\\nname.wav");
  }

  @Test
  void hearsTheSameInOneRunOfManyFilesAsInManyRuns() throws IOException {
    List<String> separately = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path file = burst("f" + i + ".wav", 1 + i);
      List<String> lines = detect(file.toString()).outLines();
      separately.addAll(lines.subList(1, lines.size()));
    }
    List<String> together = detect(recordings.toString()).outLines();
    assertThat(together.subList(1, together.size()))
        .containsExactlyElementsOf(
            separately.stream().map(line -> line.replace(recordings + "/", "")).toList());
  }

  private Run detect(String... arguments) {
    List<String> all = new ArrayList<>(List.of("detect", "--models"));
    all.add(folder.resolve("models").toString());
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(new String[0]));
  }

  private static List<String> names(Run run) {
    assertThat(run.outLines()).startsWith(HEADER);
    return run.outLines().stream().skip(1).map(line -> line.split("\t", -1)[0]).toList();
  }

  /** Near silence with half a second of noise; 2 s longer than {@code seconds}. */
  private Path burst(String name, int seconds) throws IOException {
    float[] sound = new float[(seconds + 2) * 16_000];
    Random random = new Random(name.getBytes(StandardCharsets.UTF_8).length);
    for (int i = 0; i < sound.length; i++) {
      boolean loud = i >= seconds * 16_000 && i < seconds * 16_000 + 8_000;
      sound[i] = (loud ? 0.2f : 0.0005f) * (float) random.nextGaussian();
    }
    Path file = recordings.resolve(name);
    Files.createDirectories(file.getParent());
    WavWriter.write(file, sound, 16_000, SampleFormat.PCM_16);
    return file;
  }
}
