package org.earshot.guard;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earshot.model.EventLabels;

/**
 * How the guard behaves, from the configuration. Immutable.
 *
 * @param alwaysOn events that are sent at once in every mode, and set off the alarm
 * @param triggering events that set off the alarm in an armed mode that selects them; all other
 *     selected events are sent only
 * @param entryDelayed events that give an armed home's owner the entry delay to disarm; they set
 *     off the alarm after it
 * @param exitDelays from the command to the armed mode; a mode that is not named has none
 * @param entryDelay 0 to 10 minutes
 * @param triggerTime how long the alarm stays triggered unless disarmed, 1 s to 24 h
 * @param schedules where two hold at once, the one that began last counts
 * @param zone of the schedules
 */
public record GuardRules(
    Set<String> alwaysOn,
    Set<String> triggering,
    Set<String> entryDelayed,
    Map<GuardMode, Duration> exitDelays,
    Duration entryDelay,
    Duration triggerTime,
    List<Schedule> schedules,
    ZoneId zone) {
  private static final Duration MAX_DELAY = Duration.ofMinutes(10);
  private static final Duration MIN_TRIGGER_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_TRIGGER_TIME = Duration.ofHours(24);

  /** Throws IllegalArgumentException for a value out of its range. */
  public GuardRules {
    alwaysOn = EventNames.require(alwaysOn);
    triggering = EventNames.require(triggering);
    entryDelayed = EventNames.require(entryDelayed);
    EnumMap<GuardMode, Duration> delays = new EnumMap<>(GuardMode.class);
    for (GuardMode mode : GuardMode.values()) {
      Duration delay = exitDelays.getOrDefault(mode, Duration.ZERO);
      require("exit delay", delay, Duration.ZERO, MAX_DELAY);
      delays.put(mode, mode == GuardMode.DISARMED ? Duration.ZERO : delay);
    }
    exitDelays = Collections.unmodifiableMap(delays);
    require("entry delay", entryDelay, Duration.ZERO, MAX_DELAY);
    require("trigger time", triggerTime, MIN_TRIGGER_TIME, MAX_TRIGGER_TIME);
    schedules = List.copyOf(schedules);
  }

  /** Returns the defaults, without schedules. What and why: docs/device-behaviour.md. */
  public static GuardRules standard(ZoneId zone) {
    return new GuardRules(
        EventLabels.ALARMS,
        Set.of("smoke_alarm", "co_alarm", "glass_break"),
        Set.of("footsteps", "door_close"),
        Map.of(GuardMode.AWAY, Duration.ofSeconds(60)),
        Duration.ofSeconds(30),
        Duration.ofMinutes(3),
        List.of(),
        zone);
  }

  /** Returns the same rules with other schedules. */
  public GuardRules withSchedules(List<Schedule> newSchedules) {
    return new GuardRules(
        alwaysOn,
        triggering,
        entryDelayed,
        exitDelays,
        entryDelay,
        triggerTime,
        newSchedules,
        zone);
  }

  private static void require(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name + " is " + seconds(value) + ", wanted " + seconds(min) + " to " + seconds(max));
    }
  }

  private static String seconds(Duration value) {
    return value.toSeconds() + " s";
  }
}
