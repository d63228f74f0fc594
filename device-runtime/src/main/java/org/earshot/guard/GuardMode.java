package org.earshot.guard;

import java.util.Locale;

/** What the home is guarded for; transient states are those of {@link PanelState}. */
public enum GuardMode {
  /** Nobody watches, except for the events that are always on. */
  DISARMED,
  /** People are at home and awake. */
  HOME,
  /** Nobody is at home. */
  AWAY,
  /** People are at home and asleep. */
  NIGHT;

  /** Returns the name in configuration, commands and files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the mode of a text. Throws IllegalArgumentException with the known ones. */
  public static GuardMode parse(String text) {
    for (GuardMode mode : values()) {
      if (mode.text().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "no mode '" + text + "'; there are disarmed, home, away, night");
  }
}
