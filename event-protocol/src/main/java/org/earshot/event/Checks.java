package org.earshot.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Argument checks of the messages; each error names the field and the bound that was broken. */
final class Checks {
  /** Characters of a text that people wrote: a microphone's name, a problem's detail. */
  static final int MAX_TEXT = 256;

  /** Seconds that a siren may sound or a live listening may last: an hour. */
  static final int MAX_SECONDS = 3600;

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  // four-digit years: the only ones whose ISO text has one length
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Checks() {}

  /** An event, a mode or a kind of problem, as in {@code smoke_alarm}. */
  static String label(String field, String value) {
    if (value == null || !LABEL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " is not 1 to 64 lower-case letters, digits and underscores after a letter");
    }
    return value;
  }

  /** The name of a site or of a device: one level of a topic. */
  static String place(String field, String value) {
    if (value == null || !PLACE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " is not 1 to 64 letters, digits, underscores and hyphens");
    }
    return value;
  }

  /** Text without control characters, so that it may go into a log line. */
  static String text(String field, String value) {
    if (value == null || value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(field + " is not a text of at most " + MAX_TEXT);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        throw new IllegalArgumentException(field + " has a control character at " + i);
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          throw new IllegalArgumentException(field + " has half a character at " + i);
        }
        i++;
      }
    }
    return value;
  }

  /** A moment, cut to the milliseconds that a message carries. */
  static Instant moment(String field, Instant value) {
    if (value == null || value.isBefore(FIRST) || value.isAfter(LAST)) {
      throw new IllegalArgumentException(field + " is not a moment between 1970 and 9999");
    }
    return value.truncatedTo(ChronoUnit.MILLIS);
  }

  static double between(String field, double value, double minimum, double maximum) {
    if (!(value >= minimum && value <= maximum)) {
      throw new IllegalArgumentException(
          field + " is " + value + ", wanted " + minimum + " to " + maximum);
    }
    return value;
  }

  static long range(String field, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          field + " is " + value + ", wanted " + minimum + " to " + maximum);
    }
    return value;
  }

  static <T> T present(String field, T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }
}
