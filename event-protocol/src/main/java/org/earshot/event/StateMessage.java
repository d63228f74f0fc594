package org.earshot.event;

import java.time.Instant;
import java.util.List;

/**
 * What a device is and whether it is there; retained, and the device's last will.
 *
 * @param online false in the last will and after an orderly end
 * @param at when this was said; null in the last will, which the broker sends at a time unknown
 *     when it was written
 * @param version of the software; null in the last will
 * @param model that it hears with; null in the last will
 * @param mode chosen guard mode: disarmed, home, away, night; null in the last will
 * @param panel what an alarm panel shows: a mode, or arming, pending, triggered; null in the last
 *     will
 * @param microphones names, at most {@link #MAX_MICROPHONES}
 * @param events labels that it can hear, at most {@link #MAX_EVENTS}
 * @param heads that came after the device was made, at most {@link #MAX_EVENTS}
 * @param live who listens in at this moment; null when nobody does
 */
public record StateMessage(
    boolean online,
    Instant at,
    String version,
    String model,
    String mode,
    String panel,
    List<String> microphones,
    List<String> events,
    List<Head> heads,
    Live live) {
  /** Bound of the microphones of one device. */
  public static final int MAX_MICROPHONES = 16;

  /** Bound of the events of one device. */
  public static final int MAX_EVENTS = 64;

  /**
   * A live listening that goes on.
   *
   * @param who asked for it
   * @param until when it ends at the latest
   */
  public record Live(String who, Instant until) {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public Live {
      Checks.text("who", who);
      until = Checks.moment("until", until);
    }
  }

  /**
   * A head that came after the device was made.
   *
   * @param event label
   * @param version of the head, 1 and up
   */
  public record Head(String event, int version) {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public Head {
      Checks.label("event", event);
      Checks.range("version", version, 1, Integer.MAX_VALUE);
    }
  }

  /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
  public StateMessage {
    at = at == null ? null : Checks.moment("at", at);
    if (version != null) {
      Checks.text("version", version);
    }
    if (model != null) {
      Checks.text("model", model);
    }
    if (mode != null) {
      Checks.label("mode", mode);
    }
    if (panel != null) {
      Checks.label("panel", panel);
    }
    microphones = List.copyOf(microphones);
    Checks.range("number of microphones", microphones.size(), 0, MAX_MICROPHONES);
    microphones.forEach(microphone -> Checks.text("microphones", microphone));
    events = List.copyOf(events);
    Checks.range("number of events", events.size(), 0, MAX_EVENTS);
    events.forEach(event -> Checks.label("events", event));
    heads = List.copyOf(heads);
    Checks.range("number of heads", heads.size(), 0, MAX_EVENTS);
    if (online) {
      Checks.present("at", at);
      Checks.present("version", version);
      Checks.present("model", model);
      Checks.present("mode", mode);
      Checks.present("panel", panel);
    }
  }

  /** Returns the last will. */
  public static StateMessage offline() {
    return new StateMessage(
        false, null, null, null, null, null, List.of(), List.of(), List.of(), null);
  }
}
