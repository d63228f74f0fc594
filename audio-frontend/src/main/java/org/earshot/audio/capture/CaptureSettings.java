package org.earshot.audio.capture;

/**
 * The times of a {@link Capture}; docs/capture.md says why these defaults.
 *
 * @param ringMillis how long the consumer may be busy before samples of a live source are dropped;
 *     4000 by default, 100 to 60000
 * @param stuckMillis how long no sample may come before the stream is reported and opened again;
 *     10000 by default, at least 100
 * @param silentMillis how long all samples may be equal before it is reported; 30000 by default, at
 *     least 100
 * @param firstRetryMillis wait before a failed source is opened again; doubled each time; 500 by
 *     default, at least 1
 * @param lastRetryMillis the longest such wait; 10000 by default, at least {@code firstRetryMillis}
 * @param overrunClearMillis how long no sample may be lost before an overrun is over; 30000 by
 *     default, at least 1
 */
public record CaptureSettings(
    int ringMillis,
    int stuckMillis,
    int silentMillis,
    int firstRetryMillis,
    int lastRetryMillis,
    int overrunClearMillis) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public CaptureSettings {
    check("ringMillis", ringMillis, 100, 60_000);
    check("stuckMillis", stuckMillis, 100, Integer.MAX_VALUE);
    check("silentMillis", silentMillis, 100, Integer.MAX_VALUE);
    check("firstRetryMillis", firstRetryMillis, 1, Integer.MAX_VALUE);
    check("lastRetryMillis", lastRetryMillis, firstRetryMillis, Integer.MAX_VALUE);
    check("overrunClearMillis", overrunClearMillis, 1, Integer.MAX_VALUE);
  }

  /** The defaults. */
  public static CaptureSettings defaults() {
    return new CaptureSettings(4_000, 10_000, 30_000, 500, 10_000, 30_000);
  }

  /** These settings with another ring. */
  public CaptureSettings withRingMillis(int millis) {
    return new CaptureSettings(
        millis, stuckMillis, silentMillis, firstRetryMillis, lastRetryMillis, overrunClearMillis);
  }

  /** These settings with other waits before a failed source is opened again. */
  public CaptureSettings withRetryMillis(int first, int last) {
    return new CaptureSettings(
        ringMillis, stuckMillis, silentMillis, first, last, overrunClearMillis);
  }

  /** These settings with other times after which a stream counts as stuck and as silent. */
  public CaptureSettings withStuckAndSilentMillis(int stuck, int silent) {
    return new CaptureSettings(
        ringMillis, stuck, silent, firstRetryMillis, lastRetryMillis, overrunClearMillis);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name
              + " is "
              + value
              + "; give "
              + min
              + (max < Integer.MAX_VALUE ? " to " + max : " or more"));
    }
  }
}
