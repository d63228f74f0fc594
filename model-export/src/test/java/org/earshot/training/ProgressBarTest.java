package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void timeLeftCountsOnlyWhatThisProcessDid() {
    ProgressBar bar = new ProgressBar(out, true, 50, 100, 0);
    // Ten updates in twenty seconds: forty more take eighty.
    assertThat(bar.line(60, "loss 1", 20_000_000_000L)).contains("60/100", "01:20 left", "loss 1");
  }

  @Test
  void aLogGetsALineEveryHalfMinuteAndATerminalEveryUpdate() {
    ProgressBar log = new ProgressBar(out, false, 0, 10, 0);
    log.update(1, "", 29_000_000_000L);
    assertThat(bytes.size()).isZero();
    log.update(2, "", 31_000_000_000L);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("2/10").endsWith("\n");
    bytes.reset();
    new ProgressBar(out, true, 0, 10, 0).update(1, "", 1);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("\r").contains("1/10");
  }
}
