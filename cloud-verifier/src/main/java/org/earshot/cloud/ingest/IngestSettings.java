package org.earshot.cloud.ingest;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a process takes in what devices send.
 *
 * @param group name of the shared subscription; all workers of an installation have the same;
 *     {@code verifiers}, 1 to 64 letters, digits, {@code _} and {@code -}; a secret where the
 *     broker lets anybody subscribe (docs/verifier.md)
 * @param eventThreads messages stored at once; 2, 1 to 64
 * @param clipThreads clips stored at once; 2, 1 to 64
 * @param eventsInFlight receive maximum of messages: as many are unacknowledged at a time; 128, 1
 *     to 65535
 * @param clipsInFlight receive maximum of clips; 16, 1 to 65535
 * @param lease how long others leave the sessions of a worker that does not show up alone; 15 s, 1
 *     s to 10 min
 * @param sessionExpiry how long the broker keeps what is unacknowledged when no worker is left; 1
 *     day, at least 1 min
 * @param quiet how long a session that was taken over must bring nothing before it is ended; 5 s
 * @param firstRetry before a message is tried again when the database or the clip store does not
 *     work; 100 ms; doubled each time
 * @param longestRetry 10 s
 * @param limits of each device
 */
public record IngestSettings(
    String group,
    int eventThreads,
    int clipThreads,
    int eventsInFlight,
    int clipsInFlight,
    Duration lease,
    Duration sessionExpiry,
    Duration quiet,
    Duration firstRetry,
    Duration longestRetry,
    IngestLimits limits) {
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Throws IllegalArgumentException that says which setting is wrong and what is wanted. */
  public IngestSettings {
    if (!GROUP.matcher(group).matches()) {
      throw new IllegalArgumentException("group is not 1 to 64 letters, digits, _ and -");
    }
    within("eventThreads", eventThreads, 1, 64);
    within("clipThreads", clipThreads, 1, 64);
    within("eventsInFlight", eventsInFlight, 1, 65_535);
    within("clipsInFlight", clipsInFlight, 1, 65_535);
    within("lease in ms", lease.toMillis(), 1_000, 600_000);
    within("sessionExpiry in s", sessionExpiry.toSeconds(), 60, 0xffff_fffeL);
    within("quiet in ms", quiet.toMillis(), 100, 600_000);
    within("firstRetry in ms", firstRetry.toMillis(), 1, 60_000);
    within("longestRetry in ms", longestRetry.toMillis(), firstRetry.toMillis(), 600_000);
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + ", wanted " + least + " to " + most);
    }
  }

  /** Returns the usual settings. */
  public static IngestSettings usual() {
    return new IngestSettings(
        "verifiers",
        2,
        2,
        128,
        16,
        Duration.ofSeconds(15),
        Duration.ofDays(1),
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofSeconds(10),
        IngestLimits.usual());
  }

  /** Returns the same with another group. */
  public IngestSettings withGroup(String other) {
    return new IngestSettings(
        other,
        eventThreads,
        clipThreads,
        eventsInFlight,
        clipsInFlight,
        lease,
        sessionExpiry,
        quiet,
        firstRetry,
        longestRetry,
        limits);
  }

  /** Returns the delay after so many failures in a row, from 1. */
  Duration retryAfter(int failures) {
    Duration delay = firstRetry.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, 20));
    return delay.compareTo(longestRetry) < 0 ? delay : longestRetry;
  }
}
