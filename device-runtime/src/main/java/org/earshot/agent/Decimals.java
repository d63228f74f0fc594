package org.earshot.agent;

/** Writes numbers with a fixed count of decimals and a point, whatever the locale. */
final class Decimals {
  private Decimals() {}

  /** Appends {@code value}, rounded half up to {@code decimals} places; value at least 0. */
  static StringBuilder append(StringBuilder text, double value, int decimals) {
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    long scaled = Math.round(value * unit);
    text.append(scaled / unit);
    if (decimals > 0) {
      text.append('.');
      String fraction = Long.toString(scaled % unit);
      text.append("0".repeat(decimals - fraction.length())).append(fraction);
    }
    return text;
  }

  static String of(double value, int decimals) {
    return append(new StringBuilder(), value, decimals).toString();
  }
}
