package org.earshot.cloud.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.earshot.event.EventMessage;

/**
 * By when the owner is told of an event, with or without a verdict.
 *
 * <p>An event for which no clip is expected waits for nothing: its deadline is at once.
 *
 * @param lifeSafety labels that have the shorter deadline; {@code smoke_alarm} and {@code co_alarm}
 * @param lifeSafetyAfter after the first message of one of those; 10 s, 0 to 10 min
 * @param othersAfter after the first message of any other; 30 s, 0 to 10 min
 */
public record DeadlineRules(
    Set<String> lifeSafety, Duration lifeSafetyAfter, Duration othersAfter) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Throws IllegalArgumentException that says which is out of bounds. */
  public DeadlineRules {
    lifeSafety = Set.copyOf(lifeSafety);
    require("life-safety deadline", lifeSafetyAfter);
    require("deadline", othersAfter);
  }

  private static void require(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " of " + value.toMillis() + " ms, wanted 0 to " + LONGEST.toMillis());
    }
  }

  /** Returns the usual rules. */
  public static DeadlineRules usual() {
    return new DeadlineRules(
        Set.of("smoke_alarm", "co_alarm"), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  /** Returns whether an event is one of life safety. */
  public boolean isLifeSafety(String event) {
    return lifeSafety.contains(event);
  }

  /** Returns by when the owner is told of an event whose message came at that time. */
  public Instant deadline(EventMessage message, Instant receivedAt) {
    if (!message.clipExpected()) {
      return receivedAt;
    }
    return receivedAt.plus(isLifeSafety(message.event()) ? lifeSafetyAfter : othersAfter);
  }
}
