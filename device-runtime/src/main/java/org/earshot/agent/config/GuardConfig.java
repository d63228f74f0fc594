package org.earshot.agent.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events count when. Modes are disarmed, home, away and night.
 *
 * @param mode in which a new device starts
 * @param eventsByMode events that count in a mode; a mode that is absent has its default
 * @param always events that count in every mode, at once
 * @param schedule such as "night 22:30-06:30 Mon-Fri"
 * @param triggering events that set off the alarm in an armed mode; others are only told
 * @param exitSeconds from arming away until it counts
 * @param entrySeconds by which the events of {@code delayed} wait for someone to disarm
 * @param delayed events that an owner who comes home makes
 * @param triggerSeconds after which the alarm ends by itself
 */
public record GuardConfig(
    String mode,
    Map<String, List<String>> eventsByMode,
    Set<String> always,
    List<String> schedule,
    Set<String> triggering,
    double exitSeconds,
    double entrySeconds,
    Set<String> delayed,
    double triggerSeconds) {

  private static final List<String> MODES = List.of("disarmed", "home", "away", "night");

  private static final List<String> ALWAYS = List.of("smoke_alarm", "co_alarm");
  private static final List<String> DELAYED = List.of("footsteps", "door_close");
  private static final List<String> TRIGGERING = List.of("smoke_alarm", "co_alarm", "glass_break");

  static GuardConfig of(ConfigTable table) throws ConfigException {
    Map<String, List<String>> byMode = table.lists("events");
    for (String mode : byMode.keySet()) {
      if (!MODES.contains(mode)) {
        throw table.wrong("events", "modes of " + String.join(", ", MODES) + ", not " + mode);
      }
    }
    GuardConfig config =
        new GuardConfig(
            table.choice("mode", "home", MODES),
            byMode,
            Set.copyOf(table.texts("always", ALWAYS)),
            table.texts("schedule", List.of()),
            Set.copyOf(table.texts("triggering", TRIGGERING)),
            table.seconds("exit_seconds", 60, 0, 600),
            table.seconds("entry_seconds", 30, 0, 600),
            Set.copyOf(table.texts("delayed", DELAYED)),
            table.seconds("trigger_seconds", 180, 1, 86_400));
    table.rejectOthers();
    return config;
  }

  /** Every event that is named here and not by default: a model may lack those. */
  Set<String> events() {
    Set<String> events = new HashSet<>(always);
    eventsByMode.values().forEach(events::addAll);
    events.addAll(delayed);
    events.addAll(triggering);
    events.removeAll(TRIGGERING);
    events.removeAll(DELAYED);
    return events;
  }
}
