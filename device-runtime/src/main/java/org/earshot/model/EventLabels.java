package org.earshot.model;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The events that Earshot ships heads for, in the order used everywhere. */
public final class EventLabels {
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** The nine labels. */
  public static final List<String> STANDARD =
      List.of(
          "smoke_alarm",
          "co_alarm",
          "glass_break",
          "footsteps",
          "door_close",
          "door_knock",
          "baby_cry",
          "dog_bark",
          "siren");

  /** Those that save lives. */
  public static final Set<String> ALARMS = Set.of("smoke_alarm", "co_alarm");

  /** Standard labels in their order, then all others by name. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(EventLabels::rank).thenComparing(Comparator.naturalOrder());

  private EventLabels() {}

  private static int rank(String event) {
    int index = STANDARD.indexOf(event);
    return index >= 0 ? index : STANDARD.size();
  }

  /** Whether a text can be a label: small letters, digits and underscores, at most 64. */
  public static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }
}
