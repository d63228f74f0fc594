package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TagCommandTest {
  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private Path data;
  private Path out;

  @BeforeEach
  void writeManifest() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("MANIFEST.csv"),
        "path,label,split,dataset,licence,original_name\n"
            + "short.wav,dog_bark,train,set,CC0,short.wav\n"
            + "long.wav,music,train,set,CC0,long.wav\n"
            + "unheard.wav,music,train,set,CC0,unheard.wav\n"
            + "hall.wav,rir,rir,set,CC0,hall.wav\n");
    out = folder.resolve("tags.tsv");
  }

  @Test
  void aShortClipHasItsHighestScoresAndALongOneTheMeanOfItsHighestThird() throws IOException {
    List<String> rows = new ArrayList<>(List.of("filename\ttime\tBark\tMusic"));
    rows.add(row("short.wav", 0, 0.02, 0.04));
    rows.add(row("short.wav", 1, 0.7, 0.05));
    for (int window = 0; window < 9; window++) {
      rows.add(row("long.wav", window, window == 4 ? 0.15 : 0, window < 2 ? 0.6 : 0.3));
    }
    rows.add(row("hall.wav", 0, 1, 1));
    assertThat(run(rows)).isZero();
    // A bark in one of nine windows: not what the clip is about, yet not known to be absent.
    assertThat(Files.readAllLines(out))
        .containsExactly("long.wav\tBark:0.10\tMusic:0.50", "short.wav\tBark:0.70");
    assertThat(err.toString()).contains("tagged 2 of 3 clips");
  }

  @Test
  void aClipInWhichNothingIsHeardIsTaggedAllTheSame() throws IOException {
    assertThat(run(List.of("filename\ttime\tBark", data.resolve("short.wav") + "\t0\t0.09")))
        .isZero();
    assertThat(Files.readAllLines(out)).containsExactly("short.wav");
  }

  @Test
  void tagsAreOfOneTeacher() throws IOException {
    assertThat(run(List.of("filename\ttime\tBark"), "--peer", "other=" + out))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("one --peer");
    assertThat(out).doesNotExist();
  }

  private String row(String clip, int window, double bark, double music) {
    return "%s\t%.2f\t%s\t%s"
        .formatted(
            data.resolve(clip), 0.48 * window, Double.toString(bark), Double.toString(music));
  }

  private int run(List<String> scores, String... more) throws IOException {
    Path table = Files.write(folder.resolve("scores.tsv"), scores);
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
    arguments.addAll(List.of("--peer", "teacher=" + table, "--out", out.toString()));
    arguments.addAll(List.of(more));
    CommandLine line = new CommandLine(new TagCommand()).setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(new String[0]));
  }
}
