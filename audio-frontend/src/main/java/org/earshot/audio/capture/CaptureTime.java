package org.earshot.audio.capture;

import org.earshot.audio.AudioFiles;

/** Times and samples at 16 kHz. */
final class CaptureTime {
  static final long NANOS_PER_MILLI = 1_000_000;

  /** Exact: 62500. */
  static final long NANOS_PER_SAMPLE = 1_000_000_000 / AudioFiles.SAMPLE_RATE_HZ;

  private CaptureTime() {}

  static long millisToSamples(long millis) {
    return millis * AudioFiles.SAMPLE_RATE_HZ / 1_000;
  }

  /**
   * Samples that are missing when {@code length} of them are the first to arrive after a silence of
   * the stream; 0 when none are.
   */
  static long missedSamples(long lastArrivalNanos, long nowNanos, int length) {
    return Math.max(0, (nowNanos - lastArrivalNanos) / NANOS_PER_SAMPLE - length);
  }

  /** For people, with one decimal: "1.5 s". */
  static String seconds(long samples) {
    long tenths = (samples * 10 + AudioFiles.SAMPLE_RATE_HZ / 2) / AudioFiles.SAMPLE_RATE_HZ;
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
