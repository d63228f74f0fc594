package org.earshot.event;

import java.util.Optional;

/**
 * The names of one device's topics: {@code earshot/<site>/<device>/...}.
 *
 * @param site name of the home: 1 to 64 letters, digits, underscores and hyphens
 * @param device name of the device, of the same characters
 */
public record Topics(String site, String device) {
  private static final String ROOT = "earshot";

  /** Throws IllegalArgumentException when a name is not one level of a topic. */
  public Topics {
    Checks.place("site", site);
    Checks.place("device", device);
  }

  /**
   * What a topic's name says.
   *
   * @param topics of which device
   * @param kind which of its topics
   * @param detail the last level of a clip, a sound or a sensitivity: an event's id or a label;
   *     empty for other kinds
   */
  public record Address(Topics topics, TopicKind kind, String detail) {}

  /** Returns the retained state and last will. */
  public String state() {
    return of(TopicKind.STATE);
  }

  /** Returns where events are told. */
  public String event() {
    return of(TopicKind.EVENT);
  }

  /** Returns where the clip of an event goes. */
  public String clip(EventId id) {
    return of(TopicKind.CLIP) + "/" + id.text();
  }

  /** Returns where verdicts come from. */
  public String verdict() {
    return of(TopicKind.VERDICT);
  }

  /** Returns where the numbers go. */
  public String health() {
    return of(TopicKind.HEALTH);
  }

  /** Returns where commands come from. */
  public String command() {
    return of(TopicKind.COMMAND);
  }

  /** Returns where head updates come from. */
  public String head() {
    return of(TopicKind.HEAD);
  }

  /** Returns where the frames of a live listening go. */
  public String live() {
    return of(TopicKind.LIVE);
  }

  /** Returns whether an event goes on. */
  public String sound(String event) {
    return of(TopicKind.SOUND) + "/" + Checks.label("event", event);
  }

  /** Returns what an alarm panel shows. */
  public String mode() {
    return of(TopicKind.MODE);
  }

  /** Returns the sensitivity of an event. */
  public String sensitivity(String event) {
    return of(TopicKind.SENSITIVITY) + "/" + Checks.label("event", event);
  }

  /** Returns what is wrong. */
  public String problem() {
    return of(TopicKind.PROBLEM);
  }

  /** Returns the level of the loudest microphone. */
  public String level() {
    return of(TopicKind.LEVEL);
  }

  /** Returns whether the siren sounds. */
  public String siren() {
    return of(TopicKind.SIREN);
  }

  /** Returns a filter of one kind of topic of every device, for those who read from many. */
  public static String everyDevice(TopicKind kind) {
    return ROOT + "/+/+/" + kind.level() + (kind.isDetailed() ? "/+" : "");
  }

  /** Returns what a topic's name says; empty when it is no topic of a device. */
  public static Optional<Address> parse(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length < 4 || levels.length > 5 || !levels[0].equals(ROOT)) {
      return Optional.empty();
    }
    for (TopicKind kind : TopicKind.values()) {
      if (kind.level().equals(levels[3]) && kind.isDetailed() == (levels.length == 5)) {
        return address(levels, kind);
      }
    }
    return Optional.empty();
  }

  private static Optional<Address> address(String[] levels, TopicKind kind) {
    String detail = kind.isDetailed() ? levels[4] : "";
    try {
      if (kind == TopicKind.CLIP) {
        new EventId(detail);
      } else if (kind.isDetailed()) {
        Checks.label("event", detail);
      }
      return Optional.of(new Address(new Topics(levels[1], levels[2]), kind, detail));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String of(TopicKind kind) {
    return ROOT + "/" + site + "/" + device + "/" + kind.level();
  }
}
