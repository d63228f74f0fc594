package org.earshot.agent.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that an owner may write into {@code earshot.toml}. Immutable; every key has a default, so an
 * empty file is a configuration.
 *
 * @param site of the device, first part of its topics
 * @param device its name, second part
 * @param state folder for the outbox and the settings that were changed at run time
 * @param microphones at least one
 * @param broker where alerts go; null without one: the device then works for itself
 * @param guard what counts when
 * @param sensitivity by event, 0 to 100; "all" for the others
 * @param clip what is cut out and how often
 * @param outboxMegabytes most that may wait on disk
 * @param siren the device's own
 * @param hook a program on every alert; empty for none
 * @param hookSeconds after which the program is ended
 * @param live listening in on request
 * @param healthPort of the loopback HTTP server; 0 for none
 * @param trustedKeys files of the public keys whose head updates are taken
 */
public record DeviceConfig(
    String site,
    String device,
    Path state,
    List<MicrophoneConfig> microphones,
    BrokerConfig broker,
    GuardConfig guard,
    Map<String, Integer> sensitivity,
    ClipConfig clip,
    int outboxMegabytes,
    SirenConfig siren,
    List<String> hook,
    double hookSeconds,
    LiveConfig live,
    int healthPort,
    List<Path> trustedKeys) {

  private static final String NAME = "[a-z0-9][a-z0-9_-]{0,62}";

  /** Siren: which events sound it by themselves, and for how long at most. */
  public record SirenConfig(String output, Set<String> events, double seconds) {}

  /** Live listening: off unless the owner switches it on here. */
  public record LiveConfig(boolean enabled, double longestSeconds) {}

  /** What is cut out around an alert, and how often. */
  public record ClipConfig(
      double preRollSeconds,
      double seconds,
      double longestSeconds,
      double cooldownSeconds,
      int mostPerHour) {}

  /**
   * Reads a file.
   *
   * @throws ConfigException naming the key and what to write
   */
  public static DeviceConfig read(Path file) throws IOException {
    return of(ConfigTable.read(file));
  }

  /** As an empty file. */
  public static DeviceConfig standard() {
    try {
      return of(ConfigTable.empty());
    } catch (ConfigException e) {
      throw new IllegalStateException("the defaults are wrong", e);
    }
  }

  static DeviceConfig parse(String file, String text) throws ConfigException {
    return of(ConfigTable.parse(file, text, ConfigEnvironment.NONE));
  }

  private static DeviceConfig of(ConfigTable root) throws ConfigException {
    ConfigTable device = root.table("device");
    ConfigTable clip = root.table("clip");
    ConfigTable siren = root.table("siren");
    ConfigTable hook = root.table("hook");
    ConfigTable live = root.table("live");
    ConfigTable health = root.table("health");
    ConfigTable heads = root.table("heads");
    ConfigTable outbox = root.table("outbox");
    DeviceConfig config =
        new DeviceConfig(
            name(device, "site", "home"),
            name(device, "name", "earshot"),
            Path.of(device.text("state", "/var/lib/earshot")),
            MicrophoneConfig.all(root.tables("microphone")),
            BrokerConfig.of(root.table("broker")),
            GuardConfig.of(root.table("guard")),
            root.numbers("sensitivity", 0, 100),
            new ClipConfig(
                clip.seconds("pre_roll_seconds", 3, 2, 10),
                clip.seconds("seconds", 10, 4, 60),
                clip.seconds("longest_seconds", 30, 4, 120),
                clip.seconds("cooldown_seconds", 30, 0, 3600),
                clip.number("most_per_hour", 12, 1, 1000)),
            outbox.number("megabytes", 64, 1, 100_000),
            new SirenConfig(
                siren.choice("output", "java", List.of("java", "aplay", "none")),
                Set.copyOf(siren.texts("events", List.of())),
                siren.seconds("seconds", 180, 1, 1800)),
            hook.texts("command", List.of()),
            hook.seconds("seconds", 30, 1, 600),
            new LiveConfig(
                live.flag("enabled", false), live.seconds("longest_seconds", 60, 5, 600)),
            health.number("port", 9464, 0, 65_535),
            heads.texts("trusted_keys", List.of()).stream().map(Path::of).toList());
    for (ConfigTable table :
        List.of(device, clip, siren, hook, live, health, heads, outbox, root)) {
      table.rejectOthers();
    }
    ClipConfig clips = config.clip();
    if (clips.seconds() > clips.longestSeconds() || clips.preRollSeconds() >= clips.seconds()) {
      throw clip.wrong(
          "seconds", "more than pre_roll_seconds and at most longest_seconds, in seconds");
    }
    return config;
  }

  /** A part of a topic: no separator, no wild card, nothing that a shell or a file would mind. */
  private static String name(ConfigTable table, String key, String absent) throws ConfigException {
    String name = table.text(key, absent);
    if (!name.matches(NAME)) {
      throw table.wrong(key, "1 to 63 small letters, digits, - or _");
    }
    return name;
  }

  /** Returns the same configuration with another broker. */
  public DeviceConfig withBroker(BrokerConfig other) {
    return new DeviceConfig(
        site,
        device,
        state,
        microphones,
        other,
        guard,
        sensitivity,
        clip,
        outboxMegabytes,
        siren,
        hook,
        hookSeconds,
        live,
        healthPort,
        trustedKeys);
  }

  /**
   * Checks the events that the file names against those of a model.
   *
   * @throws ConfigException naming the event
   */
  public void checkEvents(Set<String> known) throws ConfigException {
    Set<String> named = new HashSet<>(guard.events());
    named.addAll(sensitivity.keySet());
    named.remove(SENSITIVITY_OF_ALL);
    named.addAll(siren.events());
    for (String event : named) {
      if (!known.contains(event)) {
        throw new ConfigException(
            "configuration: the model has no head for '"
                + event
                + "'; it has "
                + String.join(", ", known));
      }
    }
  }

  /** Key of the sensitivity of every event without its own. */
  public static final String SENSITIVITY_OF_ALL = "all";
}
