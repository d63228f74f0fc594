package org.earshot.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays that double up to a bound, each varied by a quarter so that devices do not march. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 30;
  private static final double JITTER = 0.25;

  private final long firstNanos;
  private final long longestNanos;
  private final RandomGenerator random;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    firstNanos = first.toNanos();
    longestNanos = longest.toNanos();
    this.random = random;
  }

  /** Returns the delay after this many failures in a row, from 1; within the bounds. */
  long delayNanos(int failures) {
    int doublings = Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS);
    double delay = Math.min((double) longestNanos, firstNanos * Math.pow(2, doublings));
    double varied = delay * (1 - JITTER + 2 * JITTER * random.nextDouble());
    return Math.max(firstNanos, Math.min(longestNanos, Math.round(varied)));
  }
}
