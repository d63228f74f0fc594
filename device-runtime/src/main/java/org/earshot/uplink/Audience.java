package org.earshot.uplink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.earshot.outbox.OutboxEntry;
import org.earshot.outbox.Priority;

/**
 * Whether anybody subscribes to what a lane sends, by what the broker says of each message.
 *
 * <p>While nobody does, a new message is offered at once; of those that nobody heard yet one at a
 * time, after a pause that grows, and at once on a new connection. A message waits as long as its
 * patience lasts, counted from the first time that nobody heard it; connections in between do not
 * prolong that. On the uplink's thread.
 */
final class Audience {
  private final Backoff backoff;
  private final Duration patience;
  private final Duration lifeSafetyPatience;
  private final Map<OutboxEntry, Long> unheardSince = new HashMap<>(); // nanoseconds
  private int misses; // in a row; 0 while somebody listens, as far as is known
  private long quietUntilNanos;

  /**
   * Makes an audience that is taken to be there.
   *
   * @param backoff between offers
   * @param patience of a message
   * @param lifeSafetyPatience of a message that may save a life
   */
  Audience(Backoff backoff, Duration patience, Duration lifeSafetyPatience) {
    this.backoff = backoff;
    this.patience = patience;
    this.lifeSafetyPatience = lifeSafetyPatience;
  }

  /** Whether the last message reached nobody. */
  boolean isMissing() {
    return misses > 0;
  }

  /** Whether a message may be offered now. */
  boolean mayOffer(OutboxEntry entry, boolean othersFly, long nowNanos) {
    return misses == 0
        || !unheardSince.containsKey(entry)
        || (!othersFly && nowNanos - quietUntilNanos >= 0);
  }

  /** Somebody heard a message. */
  void heard(OutboxEntry entry) {
    unheardSince.remove(entry);
    misses = 0;
  }

  /** Nobody heard it; returns whether its patience is at an end, and then forgets it. */
  boolean unheard(OutboxEntry entry, long nowNanos) {
    if (misses == 0 || nowNanos - quietUntilNanos >= 0) { // else it flew beside the first
      misses++;
      quietUntilNanos = nowNanos + backoff.delayNanos(misses);
    }
    unheardSince.putIfAbsent(entry, nowNanos);
    Duration limit = entry.priority() == Priority.LIFE_SAFETY ? lifeSafetyPatience : patience;
    boolean over = nowNanos - unheardSince.get(entry) >= limit.toNanos();
    if (over) {
      unheardSince.remove(entry);
    }
    return over;
  }

  /** A new connection: perhaps somebody is there now. */
  void connected(long nowNanos) {
    quietUntilNanos = nowNanos;
  }

  /** Forgets all messages but those that still wait. */
  void retain(Predicate<OutboxEntry> waits) {
    unheardSince.keySet().removeIf(waits.negate());
  }

  /** Returns when the next message may be offered, in nanoseconds from now; empty for at once. */
  OptionalLong nextNanos(long nowNanos) {
    return misses > 0 && nowNanos - quietUntilNanos < 0
        ? OptionalLong.of(quietUntilNanos - nowNanos)
        : OptionalLong.empty();
  }
}
