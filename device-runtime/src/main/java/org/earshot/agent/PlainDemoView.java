package org.earshot.agent;

import java.io.PrintWriter;
import java.util.List;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;

/** Shows the demo as plain lines, for logs and for terminals that cannot move their cursor. */
final class PlainDemoView implements DemoView {
  private final PrintWriter out;

  PlainDemoView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(String title, List<TruthTable.Sound> truth) {
    line(title);
  }

  @Override
  public void heard(double seconds, double levelDb, StreamingDetector detector) {}

  @Override
  public void opened(String event, double onsetSeconds, double openedSeconds) {
    line("  " + Clock.of(openedSeconds) + "  ALERT  " + event + " since " + Clock.of(onsetSeconds));
  }

  @Override
  public void ended(Alert alert) {
    line(
        "  "
            + Clock.of(alert.offsetSeconds())
            + "  over   "
            + alert.event()
            + ", posterior "
            + Decimals.of(alert.peakPosterior(), 2));
  }

  @Override
  public void end() {}

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
