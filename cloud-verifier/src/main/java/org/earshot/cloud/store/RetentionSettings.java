package org.earshot.cloud.store;

import java.time.Duration;
import java.util.Map;

/**
 * How long what is kept.
 *
 * @param age of an event with its clip, since it was received; at least an hour; default 90 days
 * @param ageByEvent the same for single labels, instead of {@code age}; default none
 * @param clipBytes how much the clips of all sites may take together, beyond which the oldest
 *     events go; 0: no bound; default 0
 * @param loneClipAge of a clip whose event never came, at least a minute; default a day
 * @param tombstoneAge how long a deleted id cannot come back, at least a day; longer than any
 *     device keeps an undelivered message; default 400 days
 * @param auditAge of the audit's lines, at least a day; default 730 days
 * @param eventsAtOnce bound of the events that one call deletes, 1 to 10 000; default 500
 */
public record RetentionSettings(
    Duration age,
    Map<String, Duration> ageByEvent,
    long clipBytes,
    Duration loneClipAge,
    Duration tombstoneAge,
    Duration auditAge,
    int eventsAtOnce) {
  /** The defaults. */
  public static final RetentionSettings DEFAULT =
      new RetentionSettings(
          Duration.ofDays(90),
          Map.of(),
          0,
          Duration.ofDays(1),
          Duration.ofDays(400),
          Duration.ofDays(730),
          500);

  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public RetentionSettings {
    ageByEvent = Map.copyOf(ageByEvent);
    atLeast("age", age, Duration.ofHours(1));
    ageByEvent.forEach((event, one) -> atLeast("age of " + event, one, Duration.ofHours(1)));
    atLeast("age of a lone clip", loneClipAge, Duration.ofMinutes(1));
    atLeast("age of a tombstone", tombstoneAge, Duration.ofDays(1));
    atLeast("age of the audit", auditAge, Duration.ofDays(1));
    if (clipBytes < 0) {
      throw new IllegalArgumentException(clipBytes + " bytes of clips; wanted 0 or more");
    }
    if (eventsAtOnce < 1 || eventsAtOnce > 10_000) {
      throw new IllegalArgumentException(eventsAtOnce + " events at once; wanted 1 to 10000");
    }
  }

  private static void atLeast(String what, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(what + " " + value + "; wanted " + least + " or more");
    }
  }
}
