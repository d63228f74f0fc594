package org.earshot.cloud.verify;

import java.time.Duration;

/**
 * How a process verifies.
 *
 * @param threads clips at once; number of processors, 1 to 256
 * @param queue events that are known to be complete and wait in this process; more wait in the
 *     database; 256, 1 to 100000
 * @param lease how long others leave a claimed event alone; at least twice the patience; 60 s
 * @param patience with the model on one clip, then it counts as hung; 20 s
 * @param attempts at one clip, of all workers together, before it is given up; 4, 1 to 100
 * @param firstRetry before a second attempt; doubled for each further one; 1 s
 * @param longestRetry between attempts, and between calls of a database that is down; 30 s
 * @param poll how often to look for what other workers left, and how long that is left to them; 2 s
 * @param longestClip a longer one is given up; 60 s
 */
public record VerificationSettings(
    int threads,
    int queue,
    Duration lease,
    Duration patience,
    int attempts,
    Duration firstRetry,
    Duration longestRetry,
    Duration poll,
    Duration longestClip) {
  /** Throws IllegalArgumentException that says which setting is wrong and what is wanted. */
  public VerificationSettings {
    within("threads", threads, 1, 256);
    within("queue", queue, 1, 100_000);
    within("attempts", attempts, 1, 100);
    positive("patience", patience);
    positive("first retry", firstRetry);
    positive("poll", poll);
    positive("longest clip", longestClip);
    if (lease.compareTo(patience.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "lease of " + lease + ", wanted at least twice the patience of " + patience);
    }
    if (longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException("longest retry is shorter than the first");
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + ", wanted " + least + " to " + most);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " of " + value + ", wanted at least 1 ms");
    }
  }

  /** Returns the usual settings for so many threads. */
  public static VerificationSettings usual(int threads) {
    return new VerificationSettings(
        threads,
        256,
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        4,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60));
  }

  /** Returns the delay after so many failed attempts, from 1. */
  Duration retryAfter(int failed) {
    long factor = 1L << Math.min(Math.max(failed, 1) - 1, 20);
    Duration delay = firstRetry.multipliedBy(factor);
    return delay.compareTo(longestRetry) < 0 ? delay : longestRetry;
  }
}
