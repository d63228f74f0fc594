package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.earshot.audio.AudioFiles;
import org.earshot.model.EventLabels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same recordings give the same results. */
class DeterminismTest {
  private static final int FRAME_SAMPLES = 400;
  private static final int STEP_SAMPLES = 960; // 60 ms: six hops of 10 ms
  private static final int HOP_SAMPLES = 160;

  @TempDir Path folder;

  @Test
  void twoRunsPrintAndWriteTheSame() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Detection run = Detection.of("--posteriors", first, Checkout.DEMO);
    assertThat(run.code()).isZero();
    assertThat(run.rows()).isNotEmpty();
    assertThat(Detection.of("--posteriors", second, Checkout.DEMO)).isEqualTo(run);
    for (String recording : DemoSound.recordings()) {
      assertThat(first.resolve(recording + ".tsv"))
          .hasSameBinaryContentAs(second.resolve(recording + ".tsv"));
    }
  }

  @Test
  void posteriorsHaveOneRowAStepOf60Milliseconds() throws IOException {
    assertThat(Detection.of("--posteriors", folder, Checkout.DEMO).code()).isZero();
    for (String recording : DemoSound.recordings()) {
      int samples =
          AudioFiles.readAll16k(Checkout.DEMO.resolve(recording), Integer.MAX_VALUE).length;
      int frames = (samples - FRAME_SAMPLES) / HOP_SAMPLES + 1;
      List<String> lines = Files.readAllLines(folder.resolve(recording + ".tsv"));
      assertThat(lines.get(0)).isEqualTo("time\t" + String.join("\t", EventLabels.STANDARD));
      assertThat(lines).as(recording).hasSize(1 + frames * HOP_SAMPLES / STEP_SAMPLES);
      for (int step = 0; step < lines.size() - 1; step++) {
        String[] cells = lines.get(1 + step).split("\t", -1);
        assertThat(cells).hasSize(1 + EventLabels.STANDARD.size());
        assertThat(cells[0]).isEqualTo(String.format(Locale.ROOT, "%.2f", 0.06 * step));
        for (int event = 1; event < cells.length; event++) {
          assertThat(Double.parseDouble(cells[event])).isBetween(0.0, 1.0);
        }
      }
    }
  }
}
