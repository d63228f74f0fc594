package org.earshot.uplink;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.earshot.outbox.OutboxEntry;

/**
 * Remembers which entries of the outbox made trouble, so that they neither block nor are blamed for
 * others.
 *
 * <p>An entry that the broker refused, or in whose flight connections broke again and again, is
 * suspect: it is sent alone, so that the next break is its own, and after a pause. On the uplink's
 * thread.
 */
final class Attempts {
  /** Broken connections that may happen to anybody. */
  private static final int MAX_LOSSES = 3;

  private static final class Attempt {
    private int refusals;
    private int losses;
    private boolean suspect;
    private boolean paused;
    private long pausedUntilNanos;
  }

  private final Backoff backoff;
  private final Map<OutboxEntry, Attempt> attempts = new HashMap<>(); // of troubled entries

  Attempts(Backoff backoff) {
    this.backoff = backoff;
  }

  boolean isPaused(OutboxEntry entry, long nowNanos) {
    Attempt attempt = attempts.get(entry);
    return attempt != null && attempt.paused && nowNanos - attempt.pausedUntilNanos < 0;
  }

  boolean isSuspect(OutboxEntry entry) {
    Attempt attempt = attempts.get(entry);
    return attempt != null && attempt.suspect;
  }

  /** Notes that the broker refused the entry; returns how often it did. */
  int refused(OutboxEntry entry, long nowNanos) {
    Attempt attempt = of(entry);
    attempt.refusals++;
    attempt.suspect = true;
    pause(attempt, attempt.refusals, nowNanos);
    return attempt.refusals;
  }

  /** Notes that a connection broke because of something in flight, of which the entry is one. */
  void suspect(OutboxEntry entry) {
    of(entry).suspect = true;
  }

  /** Notes that a connection broke while the entry was in flight, alone or with others. */
  void lost(OutboxEntry entry, boolean alone, long nowNanos) {
    Attempt attempt = of(entry);
    attempt.losses++;
    if (attempt.losses >= MAX_LOSSES) {
      if (attempt.suspect && alone) { // never given up for that: it may be the network
        pause(attempt, attempt.losses, nowNanos);
      }
      attempt.suspect = true;
    }
  }

  /** Forgets an entry that is gone. */
  void forget(OutboxEntry entry) {
    attempts.remove(entry);
  }

  /** Forgets all entries but those that still wait. */
  void retain(Predicate<OutboxEntry> waits) {
    attempts.keySet().removeIf(waits.negate());
  }

  boolean hasRefused() {
    return attempts.values().stream().anyMatch(attempt -> attempt.refusals > 0);
  }

  /** Returns when the next pause ends, in nanoseconds from now; empty when none lasts. */
  OptionalLong nextNanos(long nowNanos) {
    return attempts.values().stream()
        .filter(attempt -> attempt.paused && nowNanos - attempt.pausedUntilNanos < 0)
        .mapToLong(attempt -> attempt.pausedUntilNanos - nowNanos)
        .min();
  }

  private void pause(Attempt attempt, int failures, long nowNanos) {
    attempt.paused = true;
    attempt.pausedUntilNanos = nowNanos + backoff.delayNanos(failures);
  }

  private Attempt of(OutboxEntry entry) {
    return attempts.computeIfAbsent(entry, key -> new Attempt());
  }
}
