package org.earshot.agent;

/** Writes a position in a recording as minutes and seconds. */
final class Clock {
  private Clock() {}

  /** Returns {@code mm:ss.t}. */
  static String of(double seconds) {
    long tenths = Math.round(Math.max(0, seconds) * 10);
    return String.format("%02d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
  }
}
