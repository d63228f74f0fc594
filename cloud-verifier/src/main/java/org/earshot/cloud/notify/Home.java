package org.earshot.cloud.notify;

import java.time.ZoneId;

/**
 * How a home is spoken of.
 *
 * @param label its name in texts, such as "Lake house"; empty: not named, as with a single home
 * @param zone whose time of day is written
 */
public record Home(String label, ZoneId zone) {
  private static final int MAX_LABEL = 64;

  /** Throws IllegalArgumentException when the label is too long or has control characters. */
  public Home {
    if (label.length() > MAX_LABEL || label.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a home's label has at most " + MAX_LABEL + " characters, none of them control ones");
    }
  }
}
