package org.earshot.event;

import java.util.Set;
import java.util.TreeSet;

/** What a device is asked to do. */
public sealed interface CommandMessage {
  /**
   * Arms or disarms.
   *
   * @param mode disarmed, home, away or night
   */
  record SetMode(String mode) implements CommandMessage {
    /** Throws IllegalArgumentException when the mode is not a label. */
    public SetMode {
      Checks.label("mode", mode);
    }
  }

  /**
   * Chooses the events that count in a mode.
   *
   * @param mode disarmed, home, away or night
   * @param events labels, at most {@link StateMessage#MAX_EVENTS}; none is allowed
   */
  record SelectEvents(String mode, Set<String> events) implements CommandMessage {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public SelectEvents {
      Checks.label("mode", mode);
      events = Set.copyOf(events);
      Checks.range("number of events", events.size(), 0, StateMessage.MAX_EVENTS);
      events.forEach(event -> Checks.label("events", event));
    }

    /** Returns the labels in their alphabetical order. */
    Set<String> sorted() {
      return new TreeSet<>(events);
    }
  }

  /**
   * Sets how eagerly an event is reported.
   *
   * @param event label
   * @param value 0 to 100
   */
  record SetSensitivity(String event, int value) implements CommandMessage {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public SetSensitivity {
      Checks.label("event", event);
      Checks.range("value", value, 0, 100);
    }
  }

  /**
   * Sounds or silences the device's siren.
   *
   * @param on whether it is to sound
   * @param seconds how long at most, 0 to 3600; 0 leaves it to the device
   */
  record SoundSiren(boolean on, int seconds) implements CommandMessage {
    /** Throws IllegalArgumentException when the seconds are out of bounds. */
    public SoundSiren {
      Checks.range("seconds", seconds, 0, Checks.MAX_SECONDS);
    }
  }

  /**
   * Starts or ends listening in. A device does so only where its owner enabled that.
   *
   * @param on whether to listen
   * @param seconds how long at most, 0 to 3600; 0 leaves it to the device
   * @param who asks, for the log and for those in the room; not empty
   */
  record ListenLive(boolean on, int seconds, String who) implements CommandMessage {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public ListenLive {
      Checks.range("seconds", seconds, 0, Checks.MAX_SECONDS);
      Checks.text("who", who);
      if (who.isBlank()) {
        throw new IllegalArgumentException("who is empty");
      }
    }
  }

  /**
   * Deletes what the device still holds of an event's clip.
   *
   * @param id the event's
   */
  record DeleteClip(EventId id) implements CommandMessage {
    /** Throws IllegalArgumentException when the id is missing. */
    public DeleteClip {
      Checks.present("id", id);
    }
  }

  /**
   * Takes away a head that came after the device was made; one that shipped counts again.
   *
   * @param event label
   */
  record RemoveHead(String event) implements CommandMessage {
    /** Throws IllegalArgumentException when the event is not a label. */
    public RemoveHead {
      Checks.label("event", event);
    }
  }

  /**
   * Returns to the head that an event had before the last one.
   *
   * @param event label
   */
  record RollBackHead(String event) implements CommandMessage {
    /** Throws IllegalArgumentException when the event is not a label. */
    public RollBackHead {
      Checks.label("event", event);
    }
  }

  /** Reads the configuration again. */
  record Reload() implements CommandMessage {}
}
