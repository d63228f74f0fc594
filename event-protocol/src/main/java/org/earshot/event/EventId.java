package org.earshot.event;

import java.time.Instant;
import java.util.Objects;

/**
 * Names one event in its messages, its clip, its files and every log line.
 *
 * <p>A ULID: 26 characters of Crockford's base 32, upper case, of which the first ten are
 * milliseconds since 1970 and the others random. Text order is order in time, and the text is safe
 * as a file name and as a level of a topic. {@link EventIds} makes them.
 *
 * @param text the 26 characters
 */
public record EventId(String text) implements Comparable<EventId> {
  /** Characters of every id. */
  public static final int LENGTH = 26;

  /** Crockford's base 32: no I, L, O, U. */
  static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int TIME_DIGITS = 10;

  /** Throws IllegalArgumentException unless the text is an id. */
  public EventId {
    Objects.requireNonNull(text, "text");
    if (!isId(text)) {
      throw new IllegalArgumentException(
          "not an event id: wanted 26 characters of Crockford's base 32, upper case");
    }
  }

  private static boolean isId(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') { // 26 * 5 = 130 bits, two too many
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns when the id was made. */
  public Instant time() {
    long millis = 0;
    for (int i = 0; i < TIME_DIGITS; i++) {
      millis = millis << 5 | DIGITS.indexOf(text.charAt(i));
    }
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public int compareTo(EventId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
