package org.earshot.clip;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many clips may leave the device: a cooldown and a number an hour, for each event.
 *
 * <p>What is refused is counted, and the count is handed out once, to travel with the event's next
 * message. Time is told by the caller in milliseconds that need not begin anywhere; if it steps
 * back, what was admitted in the future counts as admitted now. Memory: one entry an event and 8
 * bytes a clip an hour. Thread-safe, as several microphones share one budget.
 */
public final class ClipBudget {
  /** Most clips an hour that can be asked for. */
  public static final int MAX_CLIPS_PER_HOUR = 1_000;

  private static final long HOUR_MILLIS = 3_600_000;

  private final long cooldownMillis;
  private final int clipsPerHour;
  private final Map<String, Account> accounts = new HashMap<>();

  /**
   * Makes a budget.
   *
   * @param cooldown from one clip of an event to the next, 0 to 1 h
   * @param clipsPerHour of an event within any 60 minutes, 1 to {@link #MAX_CLIPS_PER_HOUR}
   */
  public ClipBudget(Duration cooldown, int clipsPerHour) {
    if (cooldown.isNegative() || cooldown.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a cooldown of " + cooldown + ", wanted 0 to 1 h");
    }
    if (clipsPerHour < 1 || clipsPerHour > MAX_CLIPS_PER_HOUR) {
      throw new IllegalArgumentException(
          clipsPerHour + " clips an hour, wanted 1 to " + MAX_CLIPS_PER_HOUR);
    }
    cooldownMillis = cooldown.toMillis();
    this.clipsPerHour = clipsPerHour;
  }

  /** Returns 30 s from one clip to the next and 12 an hour. Why: docs/device-behaviour.md. */
  public static ClipBudget standard() {
    return new ClipBudget(Duration.ofSeconds(30), 12);
  }

  /** Returns whether a clip of an event may be made now; counts it in either case. */
  public synchronized boolean admit(String event, long timeMillis) {
    return account(event).admit(timeMillis);
  }

  /** Returns how many clips of an event were refused since the last call, for its next message. */
  public synchronized int takeSuppressed(String event) {
    Account account = account(event);
    int suppressed = account.suppressed;
    account.suppressed = 0;
    return suppressed;
  }

  private Account account(String event) {
    return accounts.computeIfAbsent(event, e -> new Account());
  }

  private final class Account {
    private long[] admittedMillis = new long[0]; // ascending, within the last hour, at most N
    private int suppressed;

    boolean admit(long now) {
      int kept = 0;
      for (long admitted : admittedMillis) {
        long at = Math.min(admitted, now);
        if (now - at < HOUR_MILLIS) {
          admittedMillis[kept++] = at;
        }
      }
      boolean cooling = kept > 0 && now - admittedMillis[kept - 1] < cooldownMillis;
      boolean admit = !cooling && kept < clipsPerHour;
      admittedMillis = Arrays.copyOf(admittedMillis, admit ? kept + 1 : kept);
      if (admit) {
        admittedMillis[kept] = now;
      } else if (suppressed < Integer.MAX_VALUE) {
        suppressed++;
      }
      return admit;
    }
  }
}
