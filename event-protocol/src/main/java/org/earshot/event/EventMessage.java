package org.earshot.event;

import java.time.Instant;

/**
 * Says that an event was heard, goes on or is over.
 *
 * <p>All messages of one event share its id. Readers must expect to get each message more than once
 * and in any order; (id, phase, at) tells them apart. Times are cut to milliseconds.
 *
 * @param id the event's, shared by its clip
 * @param event label, such as {@code smoke_alarm}
 * @param phase opened, updated or ended
 * @param at when this message was made
 * @param onset when the sound began
 * @param offset when it ended; null unless the phase is ENDED
 * @param posterior largest probability of the event so far, 0 to 1
 * @param microphone its name in the configuration, for people, at most 256 characters
 * @param mode guard mode at the onset: disarmed, home, away, night
 * @param sensitivity of this event, 0 to 100
 * @param clipExpected whether a clip with this id will follow or went before
 * @param suppressedBefore how many clips of this event were left out since the last one sent
 * @param site name of the home
 * @param device name of the device
 * @param model fingerprint or version of the model that heard it, at most 256 characters
 */
public record EventMessage(
    EventId id,
    String event,
    Phase phase,
    Instant at,
    Instant onset,
    Instant offset,
    double posterior,
    String microphone,
    String mode,
    int sensitivity,
    boolean clipExpected,
    int suppressedBefore,
    String site,
    String device,
    String model) {
  /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
  public EventMessage {
    Checks.present("id", id);
    Checks.label("event", event);
    Checks.present("phase", phase);
    at = Checks.moment("at", at);
    onset = Checks.moment("onset", onset);
    if ((offset != null) != (phase == Phase.ENDED)) {
      throw new IllegalArgumentException("offset belongs to phase ended, and to no other");
    }
    if (offset != null) {
      offset = Checks.moment("offset", offset);
      if (offset.isBefore(onset)) {
        throw new IllegalArgumentException("offset is before onset");
      }
    }
    Checks.between("posterior", posterior, 0, 1);
    Checks.text("microphone", microphone);
    Checks.label("mode", mode);
    Checks.range("sensitivity", sensitivity, 0, 100);
    Checks.range("suppressedBefore", suppressedBefore, 0, Integer.MAX_VALUE);
    Checks.place("site", site);
    Checks.place("device", device);
    Checks.text("model", model);
  }
}
