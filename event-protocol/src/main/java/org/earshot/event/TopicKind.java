package org.earshot.event;

import java.util.Locale;

/** The topics of a device; those that are per event or per label have one level more. */
public enum TopicKind {
  /** {@link StateMessage}, retained, and the last will. */
  STATE(false),
  /** {@link EventMessage}. */
  EVENT(false),
  /** FLAC bytes; then the event's id. */
  CLIP(true),
  /** {@link VerdictMessage}. */
  VERDICT(false),
  /** {@link HealthMessage}. */
  HEALTH(false),
  /** {@link CommandMessage}, never retained. */
  COMMAND(false),
  /** The file of a head update (docs/model-format.md), never retained. */
  HEAD(false),
  /** {@link LiveFrame}, never retained. */
  LIVE(false),
  /** {@code ON} or {@code OFF}, retained; then the event's label. */
  SOUND(true),
  /** What an alarm panel shows in Home Assistant's words, retained. */
  MODE(false),
  /** A whole number from 0 to 100, retained; then the event's label. */
  SENSITIVITY(true),
  /** {@link ProblemMessage}, retained. */
  PROBLEM(false),
  /** Level of the loudest microphone in dBFS. */
  LEVEL(false),
  /** {@code ON} or {@code OFF}, retained. */
  SIREN(false);

  private final boolean detailed;

  TopicKind(boolean detailed) {
    this.detailed = detailed;
  }

  /** Returns the level of the topic that names the kind. */
  String level() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether one more level follows. */
  boolean isDetailed() {
    return detailed;
  }
}
