package org.earshot.agent.listen;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.config.GuardConfig;
import org.earshot.detect.Sensitivity;
import org.earshot.guard.GuardMode;
import org.earshot.guard.GuardRules;
import org.earshot.guard.GuardSettings;
import org.earshot.guard.ModeChoice;
import org.earshot.guard.Schedule;

/** The guard's rules and first settings, out of the configuration. */
final class GuardSetup {
  private GuardSetup() {}

  /**
   * @throws IllegalArgumentException for a schedule that cannot be read, saying what is wanted
   */
  static GuardRules rules(GuardConfig guard, ZoneId zone) {
    List<Schedule> schedules = guard.schedule().stream().map(Schedule::parse).toList();
    return new GuardRules(
        guard.always(),
        guard.triggering(),
        guard.delayed(),
        Map.of(GuardMode.AWAY, seconds(guard.exitSeconds())),
        seconds(guard.entrySeconds()),
        seconds(guard.triggerSeconds()),
        schedules,
        zone);
  }

  static GuardSettings settings(DeviceConfig config, Set<String> known, Instant now) {
    GuardSettings standard = GuardSettings.standard(now);
    Map<GuardMode, Set<String>> selection = new EnumMap<>(standard.selection());
    config
        .guard()
        .eventsByMode()
        .forEach((mode, events) -> selection.put(GuardMode.parse(mode), Set.copyOf(events)));
    selection.replaceAll((mode, events) -> knownOf(events, known));
    Map<String, Integer> sensitivity = new TreeMap<>();
    Integer all = config.sensitivity().get(DeviceConfig.SENSITIVITY_OF_ALL);
    for (String event : known) {
      Integer value = config.sensitivity().getOrDefault(event, all);
      if (value != null) {
        sensitivity.put(event, value);
      }
    }
    ModeChoice choice = ModeChoice.byHand(GuardMode.parse(config.guard().mode()), now);
    return new GuardSettings(choice, selection, sensitivity);
  }

  /** A model may lack events that count by default. */
  private static Set<String> knownOf(Set<String> events, Set<String> known) {
    Set<String> both = new HashSet<>(events);
    both.retainAll(known);
    return both;
  }

  static Sensitivity sensitivity(GuardSettings settings) {
    return new Sensitivity(GuardSettings.STANDARD_SENSITIVITY, settings.sensitivity());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
