package org.earshot.event;

import java.time.Clock;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Makes event ids that rise, whatever the clock does.
 *
 * <p>Each id is greater than the one before: within a millisecond, and while the clock is behind
 * the last id (it was set back), the random part counts up by one instead of being drawn anew. Ids
 * of different sources are distinct by 80 random bits. Thread-safe.
 */
public final class EventIds {
  private static final long MAX_MILLIS = (1L << 48) - 1;
  private static final int RANDOM_DIGITS = 16; // of five bits

  private final Clock clock;
  private final RandomGenerator random;
  private final int[] digits = new int[RANDOM_DIGITS]; // most significant first
  private long lastMillis = -1;

  /** Makes a source of ids; the generator is used under this object's lock only. */
  public EventIds(Clock clock, RandomGenerator random) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
  }

  /** Returns the next id. */
  public synchronized EventId next() {
    long now = Math.max(0, Math.min(MAX_MILLIS, clock.millis()));
    if (now > lastMillis) {
      lastMillis = now;
      draw();
    } else {
      countUp();
    }
    return new EventId(text());
  }

  private void draw() {
    for (int i = 0; i < RANDOM_DIGITS; i++) {
      digits[i] = random.nextInt(32);
    }
  }

  private void countUp() {
    for (int i = RANDOM_DIGITS - 1; i >= 0; i--) {
      digits[i] = (digits[i] + 1) & 31;
      if (digits[i] != 0) {
        return;
      }
    }
    lastMillis++; // all 80 bits were ones: the next millisecond begins at zero
  }

  private String text() {
    StringBuilder text = new StringBuilder(EventId.LENGTH);
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(EventId.DIGITS.charAt((int) (lastMillis >>> shift) & 31));
    }
    for (int digit : digits) {
      text.append(EventId.DIGITS.charAt(digit));
    }
    return text.toString();
  }
}
