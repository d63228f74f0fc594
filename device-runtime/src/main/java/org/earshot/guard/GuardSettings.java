package org.earshot.guard;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.earshot.model.EventLabels;

/**
 * What can be changed while the device runs, and survives a restart. Immutable.
 *
 * @param choice the mode
 * @param selection events that count in each mode; a mode that is not named counts none
 * @param sensitivity of events, 0 to 100; events that are not named have {@value
 *     #STANDARD_SENSITIVITY}
 */
public record GuardSettings(
    ModeChoice choice, Map<GuardMode, Set<String>> selection, Map<String, Integer> sensitivity) {
  /** The thresholds as the model has them (ADR 0015). */
  public static final int STANDARD_SENSITIVITY = 50;

  /** Throws IllegalArgumentException for a sensitivity or a name that cannot be. */
  public GuardSettings {
    EnumMap<GuardMode, Set<String>> sets = new EnumMap<>(GuardMode.class);
    for (GuardMode mode : GuardMode.values()) {
      sets.put(mode, EventNames.require(selection.getOrDefault(mode, Set.of())));
    }
    selection = Collections.unmodifiableMap(sets);
    EventNames.require(sensitivity.keySet());
    sensitivity.forEach(GuardSettings::requireSensitivity);
    sensitivity = Collections.unmodifiableMap(new TreeMap<>(sensitivity));
  }

  /** Returns disarmed, with the events that docs/device-behaviour.md gives each mode. */
  public static GuardSettings standard(Instant since) {
    return new GuardSettings(
        ModeChoice.byHand(GuardMode.DISARMED, since),
        Map.of(
            GuardMode.DISARMED,
            alarmsAnd(),
            GuardMode.HOME,
            alarmsAnd("glass_break", "baby_cry"),
            GuardMode.AWAY,
            alarmsAnd("glass_break", "footsteps", "door_close", "door_knock", "dog_bark", "siren"),
            GuardMode.NIGHT,
            alarmsAnd("glass_break", "footsteps", "door_close", "baby_cry", "siren")),
        Map.of());
  }

  private static Set<String> alarmsAnd(String... others) {
    Set<String> events = new TreeSet<>(EventLabels.ALARMS);
    Collections.addAll(events, others);
    return events;
  }

  private static void requireSensitivity(String event, int value) {
    if (value < 0 || value > 100) {
      throw new IllegalArgumentException(
          "sensitivity of " + event + " is " + value + ", wanted 0 to 100");
    }
  }

  /** Returns the sensitivity of an event. */
  public int sensitivityOf(String event) {
    return sensitivity.getOrDefault(event, STANDARD_SENSITIVITY);
  }

  GuardSettings with(ModeChoice newChoice) {
    return new GuardSettings(newChoice, selection, sensitivity);
  }

  GuardSettings withSelection(GuardMode mode, Set<String> events) {
    EnumMap<GuardMode, Set<String>> sets = new EnumMap<>(selection);
    sets.put(mode, events);
    return new GuardSettings(choice, sets, sensitivity);
  }

  GuardSettings withSensitivity(String event, int value) {
    TreeMap<String, Integer> values = new TreeMap<>(sensitivity);
    values.put(event, value);
    return new GuardSettings(choice, selection, values);
  }

  /**
   * Returns these settings after a change of the configuration: what the configuration changed is
   * as it says, all else stays as it was changed at run time.
   */
  public GuardSettings reconfigured(GuardSettings before, GuardSettings now) {
    ModeChoice newChoice = before.choice.mode() == now.choice.mode() ? choice : now.choice;
    EnumMap<GuardMode, Set<String>> sets = new EnumMap<>(GuardMode.class);
    for (GuardMode mode : GuardMode.values()) {
      boolean same = before.selection.get(mode).equals(now.selection.get(mode));
      sets.put(mode, (same ? this : now).selection.get(mode));
    }
    Map<String, Integer> values = new TreeMap<>();
    Set<String> events = new TreeSet<>(sensitivity.keySet());
    events.addAll(now.sensitivity.keySet());
    for (String event : events) {
      boolean same = Objects.equals(before.sensitivity.get(event), now.sensitivity.get(event));
      Integer value = (same ? this : now).sensitivity.get(event);
      if (value != null) {
        values.put(event, value);
      }
    }
    return new GuardSettings(newChoice, sets, values);
  }
}
