package org.earshot.audio.capture;

/**
 * Notices that a live stream fell behind the clock: samples were lost that nobody spoke of.
 *
 * <p>Java Sound, for one, recovers from a driver's overrun without a word. How late a block is
 * varies with buffers and load, but never below what the path takes; so the least lateness of ten
 * seconds is compared with that of those before. What grows slower than two in a thousand is taken
 * for the difference of two clocks: sound cards are within 0.1 %, cameras within 0.2 %.
 * Single-threaded; does not allocate.
 */
final class Arrivals {
  static final long WINDOW_NANOS = 10_000_000_000L;
  static final long LEAST_LOSS_NANOS = 250_000_000L;
  static final long DRIFT_NANOS = WINDOW_NANOS / 500;

  private final long startNanos;
  private long samples;
  private long windowEndNanos; // since the start
  private long leastLateNanos = Long.MAX_VALUE; // of this window
  private long usualLateNanos = Long.MAX_VALUE; // unknown until the first window is over

  /** Begins with the arrival of the stream's first block. */
  Arrivals(long startNanos) {
    this.startNanos = startNanos;
    this.windowEndNanos = WINDOW_NANOS;
  }

  /**
   * Hears that {@code length} samples came, or are known to be lost.
   *
   * @return how many samples must have been lost, 0 for none
   */
  long add(long nowNanos, long length) {
    samples += length;
    long elapsedNanos = nowNanos - startNanos;
    leastLateNanos =
        Math.min(leastLateNanos, elapsedNanos - samples * CaptureTime.NANOS_PER_SAMPLE);
    if (elapsedNanos < windowEndNanos) {
      return 0;
    }
    long least = leastLateNanos;
    leastLateNanos = Long.MAX_VALUE;
    windowEndNanos = elapsedNanos + WINDOW_NANOS;
    if (usualLateNanos == Long.MAX_VALUE || least <= usualLateNanos) {
      usualLateNanos = least;
      return 0;
    }
    if (least - usualLateNanos < LEAST_LOSS_NANOS) {
      usualLateNanos = Math.min(least, usualLateNanos + DRIFT_NANOS);
      return 0;
    }
    long lost = (least - usualLateNanos) / CaptureTime.NANOS_PER_SAMPLE;
    usualLateNanos = least;
    return lost;
  }
}
