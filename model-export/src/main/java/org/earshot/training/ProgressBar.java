package org.earshot.training;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** A line that is rewritten on a terminal, and printed now and then elsewhere. */
public final class ProgressBar {
  private static final int CELLS = 30;
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(30);

  private final PrintStream out;
  private final boolean rewrites;
  private final int total;
  private final int first;
  private final long startNanos;
  private long printedNanos;

  /**
   * @param rewrites whether {@code out} is a terminal
   * @param first updates that were done before this process started
   */
  public ProgressBar(PrintStream out, boolean rewrites, int first, int total, long nowNanos) {
    this.out = out;
    this.rewrites = rewrites;
    this.first = first;
    this.total = total;
    this.startNanos = nowNanos;
    this.printedNanos = nowNanos;
  }

  public void update(int done, String note, long nowNanos) {
    if (!rewrites && nowNanos - printedNanos < PLAIN_INTERVAL.toNanos()) {
      return;
    }
    printedNanos = nowNanos;
    String line = line(done, note, nowNanos);
    if (rewrites) {
      out.print("\r\033[K" + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** Prints a line of its own above the bar. */
  public void message(String text) {
    out.println((rewrites ? "\r\033[K" : "") + text);
  }

  public int firstUpdate() {
    return first;
  }

  String line(int done, String note, long nowNanos) {
    double seconds = (nowNanos - startNanos) / 1e9;
    int fresh = done - first;
    String left = fresh == 0 ? "--:--" : clock(seconds / fresh * (total - done));
    int filled = (int) ((long) CELLS * done / Math.max(1, total));
    return String.format(
        Locale.ROOT,
        "[%s%s] %d/%d  %s left  %s",
        "=".repeat(filled),
        " ".repeat(CELLS - filled),
        done,
        total,
        left,
        note);
  }

  private static String clock(double seconds) {
    long s = Math.round(seconds);
    return s >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
        : String.format(Locale.ROOT, "%02d:%02d", s / 60, s % 60);
  }
}
