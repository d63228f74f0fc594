package org.earshot.answer;

import java.util.List;

/** Text from outside as it may stand in a log: one line, no control characters, bounded. */
final class Printable {
  private Printable() {}

  static String line(String text, int maxChars) {
    String clean = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return clean.length() <= maxChars ? clean : clean.substring(0, maxChars) + "...";
  }

  /** The last lines that hold anything. */
  static List<String> lastLines(String text, int maxLines, int maxChars) {
    List<String> lines =
        text.lines().map(line -> line(line, maxChars)).filter(line -> !line.isEmpty()).toList();
    return lines.subList(Math.max(0, lines.size() - maxLines), lines.size());
  }
}
