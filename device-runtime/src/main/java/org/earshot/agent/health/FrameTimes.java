package org.earshot.agent.health;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long frames take: counts in buckets a quarter of an octave wide, from 1 µs to 4 s.
 *
 * <p>One writer, any number of readers. Recording neither allocates nor locks.
 */
public final class FrameTimes {
  private static final int BUCKETS_PER_OCTAVE = 4;
  private static final double SHORTEST_NANOS = 1_000;
  private static final int BUCKETS = 22 * BUCKETS_PER_OCTAVE; // 2^22 µs is 4.2 s

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS + 1);
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  /**
   * Records frames that were computed together.
   *
   * @param count how many; nothing is recorded for none
   * @param elapsedNanos what all of them took
   */
  public void record(int count, long elapsedNanos) {
    if (count <= 0) {
      return;
    }
    double each = Math.max(1, elapsedNanos) / (double) count;
    double octaves = Math.log(each / SHORTEST_NANOS) / Math.log(2);
    int bucket = (int) Math.max(0, Math.min(BUCKETS, Math.ceil(octaves * BUCKETS_PER_OCTAVE)));
    counts.lazySet(bucket, counts.get(bucket) + count);
    frames.lazySet(frames.get() + count);
    nanos.lazySet(nanos.get() + Math.max(0, elapsedNanos));
  }

  /** Returns how many frames were recorded. */
  public long count() {
    return frames.get();
  }

  /** Returns what all frames took, in seconds. */
  public double sumSeconds() {
    return nanos.get() / 1e9;
  }

  /**
   * Returns an upper bound of a quantile, in seconds, at most a fifth too high; NaN before the
   * first frame.
   *
   * @param quantile in [0, 1]
   */
  public double quantileSeconds(double quantile) {
    long total = 0;
    for (int bucket = 0; bucket <= BUCKETS; bucket++) {
      total += counts.get(bucket);
    }
    if (total == 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(quantile * total));
    long seen = 0;
    int bucket = 0;
    while (bucket < BUCKETS) {
      seen += counts.get(bucket);
      if (seen >= rank) {
        break;
      }
      bucket++;
    }
    return SHORTEST_NANOS * Math.pow(2, bucket / (double) BUCKETS_PER_OCTAVE) / 1e9;
  }
}
