package org.earshot.cloud.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failure: doubled each time, varied by a quarter, within bounds. */
final class RetryDelay {
  private static final int MAX_DOUBLINGS = 30;
  private static final double JITTER = 0.25;
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private final CourierSettings settings;
  private final RandomGenerator random;

  RetryDelay(CourierSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Returns the delay.
   *
   * @param failures in a row, this one included, from 1
   * @param asked what the other side asked for; null for nothing; at most an hour is granted
   */
  Duration after(int failures, boolean urgent, Duration asked) {
    Duration longest = urgent ? settings.longestUrgentDelay() : settings.longestDelay();
    double doubled =
        (double) settings.firstDelay().toMillis()
            * Math.pow(2, Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS));
    double varied =
        Math.min(doubled, (double) longest.toMillis())
            * (1 - JITTER + 2 * JITTER * random.nextDouble());
    Duration own = Duration.ofMillis(Math.round(varied));
    if (asked == null || asked.compareTo(own) <= 0) {
      return own;
    }
    return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
  }
}
