package org.earshot.evaluation;

import java.util.Locale;

/** Text for HTML and SVG: escaped where it comes from outside, numbers in one locale. */
final class Markup {

  private Markup() {}

  /** Text that is safe between tags and within a quoted attribute. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c < 0x20 && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return out.toString();
  }

  /** A number with so many decimals; a dash when there is none. */
  static String number(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%." + decimals + "f", value)
        : "\u2013";
  }

  /** A coordinate of a drawing. */
  static String at(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** An interval as "0.51\u20130.72", or nothing when it is undefined. */
  static String interval(Interval interval, int decimals) {
    return Double.isNaN(interval.low())
        ? ""
        : number(interval.low(), decimals) + "\u2013" + number(interval.high(), decimals);
  }

  /** An event's label as words. */
  static String words(String label) {
    return label.replace('_', ' ');
  }
}
