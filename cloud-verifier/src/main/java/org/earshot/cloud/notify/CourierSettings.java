package org.earshot.cloud.notify;

import java.time.Duration;

/**
 * How notices are delivered.
 *
 * @param threads of each channel, 1 to 16; default 2, so that one delivery that hangs does not hold
 *     back an alarm
 * @param lease how long a notice is left to whoever tries to deliver it, 1 min to 1 h; default 2
 *     min. Longer than any channel's timeouts together
 * @param firstDelay before the second attempt, 1 s to 10 min; default 5 s; doubled with each
 *     failure, and varied by a quarter
 * @param longestDelay between attempts, at least {@code firstDelay}, up to 6 h; default 10 min
 * @param longestUrgentDelay the same of events that save lives; default 1 min
 * @param maxAge after which a notice is given up, 1 min to 14 d; default 24 h
 * @param poll how often other processes' notices are looked for, 50 ms to 1 min; default 1 s
 * @param grace how long closing waits for deliveries under way, 0 s to 5 min; default 10 s
 */
public record CourierSettings(
    int threads,
    Duration lease,
    Duration firstDelay,
    Duration longestDelay,
    Duration longestUrgentDelay,
    Duration maxAge,
    Duration poll,
    Duration grace) {
  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public CourierSettings {
    if (threads < 1 || threads > 16) {
      throw new IllegalArgumentException("threads " + threads + "; wanted 1 to 16");
    }
    within("lease", lease, Duration.ofMinutes(1), Duration.ofHours(1));
    within("first delay", firstDelay, Duration.ofSeconds(1), Duration.ofMinutes(10));
    within("longest delay", longestDelay, firstDelay, Duration.ofHours(6));
    within("longest urgent delay", longestUrgentDelay, firstDelay, Duration.ofHours(6));
    within("greatest age", maxAge, Duration.ofMinutes(1), Duration.ofDays(14));
    within("poll", poll, Duration.ofMillis(50), Duration.ofMinutes(1));
    within("grace", grace, Duration.ZERO, Duration.ofMinutes(5));
  }

  /** Returns the defaults. */
  public static CourierSettings defaults() {
    return new CourierSettings(
        2,
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(1),
        Duration.ofHours(24),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10));
  }

  static void within(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " " + value + "; wanted " + least + " to " + most);
    }
  }
}
