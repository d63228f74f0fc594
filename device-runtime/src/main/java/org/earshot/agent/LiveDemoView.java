package org.earshot.agent;

import java.io.PrintWriter;
import java.util.List;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;

/**
 * Shows the demo as a panel that moves with the sound: a level meter, one strip chart of posteriors
 * an event, and alerts that scroll away above it.
 *
 * <p>What truly sounds is shaded behind the strips, so that early, late, missed and false alerts
 * can be seen. Needs a terminal with ANSI cursor movement and 256 colours.
 */
final class LiveDemoView implements DemoView {
  private static final String[] BLOCKS = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  private static final String[] ASCII_BLOCKS = {" ", ".", ".", ":", ":", "+", "+", "#", "#"};
  private static final double QUIETEST_DB = -70;
  private static final int LABEL_COLUMNS = 13;
  private static final int VALUE_COLUMNS = 14;

  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[38;5;244m";
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[38;5;78m";
  private static final String YELLOW = "\u001b[38;5;221m";
  private static final String RED = "\u001b[38;5;203m";
  private static final String SHADED = "\u001b[48;5;238m";

  private final PrintWriter out;
  private final String[] blocks;
  private final int width; // cells of a strip
  private final List<String> events;
  private final byte[][] heights; // [events][width], 0 to 8, the newest last
  private final byte[][] marks; // [events][width], OPEN and SOUNDS
  private final StringBuilder frame = new StringBuilder();
  private final double secondsPerCell;

  private static final int OPEN = 1;
  private static final int SOUNDS = 2;

  private String title = "";
  private List<TruthTable.Sound> truth = List.of();
  private double nextCell;
  private int panelLines;

  LiveDemoView(PrintWriter out, int columns, boolean unicode, List<String> events) {
    this.out = out;
    this.events = events;
    blocks = unicode ? BLOCKS : ASCII_BLOCKS;
    width = Math.max(20, Math.min(120, columns - LABEL_COLUMNS - VALUE_COLUMNS - 1));
    heights = new byte[events.size()][width];
    marks = new byte[events.size()][width];
    secondsPerCell = 15.0 / width; // a strip spans 15 s
  }

  @Override
  public void begin(String recording, List<TruthTable.Sound> sounds) {
    title = recording;
    truth = sounds;
    nextCell = 0;
    scroll(BOLD + recording + RESET);
  }

  @Override
  public void heard(double seconds, double levelDb, StreamingDetector detector) {
    for (; nextCell <= seconds; nextCell += secondsPerCell) {
      for (int head = 0; head < heights.length; head++) {
        push(heights[head], Math.round(8 * detector.smoothed(head)));
        int mark = detector.isOpen(head) ? OPEN : 0;
        push(marks[head], sounds(events.get(head), nextCell) ? mark | SOUNDS : mark);
      }
    }
    draw(seconds, levelDb, detector);
  }

  @Override
  public void opened(String event, double onsetSeconds, double openedSeconds) {
    scroll(RED + "  " + Clock.of(openedSeconds) + "  " + BOLD + event + RESET);
  }

  @Override
  public void ended(Alert alert) {
    scroll(
        DIM
            + "  "
            + Clock.of(alert.offsetSeconds())
            + "  "
            + alert.event()
            + " is over, posterior "
            + Decimals.of(alert.peakPosterior(), 2)
            + RESET);
  }

  @Override
  public void end() {
    erasePanel();
    out.print(frame);
    out.flush();
  }

  private static void push(byte[] cells, int value) {
    System.arraycopy(cells, 1, cells, 0, cells.length - 1);
    cells[cells.length - 1] = (byte) value;
  }

  private boolean sounds(String event, double seconds) {
    for (TruthTable.Sound sound : truth) {
      if (sound.event().equals(event) && sound.sounds(seconds)) {
        return true;
      }
    }
    return false;
  }

  /** Prints a line above the panel, which the next frame draws again. */
  private void scroll(String line) {
    erasePanel();
    frame.append(line).append('\n');
    out.print(frame);
    out.flush();
  }

  private void erasePanel() {
    frame.setLength(0);
    if (panelLines > 0) {
      frame.append("\r\u001b[").append(panelLines).append("A\u001b[J");
      panelLines = 0;
    }
  }

  private void draw(double seconds, double levelDb, StreamingDetector detector) {
    erasePanel();
    line(DIM + title + "  " + RESET + BOLD + Clock.of(seconds) + RESET);
    level(levelDb);
    for (int head = 0; head < events.size(); head++) {
      strip(head, detector);
    }
    line(DIM + "shaded: what truly sounds   " + RED + "red: alert open" + RESET);
    out.print(frame);
    out.flush();
  }

  private void level(double levelDb) {
    double part = Math.max(0, Math.min(1, 1 - levelDb / QUIETEST_DB));
    int eighths = (int) Math.round(part * width);
    frame.append(String.format("%-" + LABEL_COLUMNS + "s", "level"));
    for (int cell = 0; cell < width; cell++) {
      double db = QUIETEST_DB * (1 - (double) cell / width);
      frame.append(db > -6 ? RED : db > -20 ? YELLOW : GREEN);
      frame.append(cell < eighths ? blocks[7] : blocks[0]);
    }
    line(RESET + String.format(" %5.0f dB", Math.max(QUIETEST_DB, levelDb)));
  }

  private void strip(int head, StreamingDetector detector) {
    boolean open = detector.isOpen(head);
    frame.append(open ? RED + BOLD : "");
    frame.append(String.format("%-" + LABEL_COLUMNS + "s", events.get(head))).append(RESET);
    int drawn = -1;
    for (int cell = 0; cell < width; cell++) {
      int mark = marks[head][cell];
      if (mark != drawn) {
        frame.append(RESET).append((mark & OPEN) != 0 ? RED : GREEN);
        frame.append((mark & SOUNDS) != 0 ? SHADED : "");
        drawn = mark;
      }
      frame.append(blocks[heights[head][cell]]);
    }
    frame.append(RESET).append(' ').append(Decimals.of(detector.smoothed(head), 2));
    line(open ? RED + BOLD + "  ALERT" + RESET : "");
  }

  private void line(String text) {
    frame.append(text).append("\u001b[K\n");
    panelLines++;
  }
}
