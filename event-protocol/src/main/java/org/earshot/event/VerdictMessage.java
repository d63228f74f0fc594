package org.earshot.event;

import java.time.Instant;

/**
 * What the verifier says about an event.
 *
 * @param id the event's
 * @param event its label
 * @param verdict confirmed, rejected, unsure or unverified
 * @param probability of the event, 0 to 1, by the verifier's model
 * @param model which model said so, at most 256 characters
 * @param at when
 */
public record VerdictMessage(
    EventId id, String event, Verdict verdict, double probability, String model, Instant at) {
  /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
  public VerdictMessage {
    Checks.present("id", id);
    Checks.label("event", event);
    Checks.present("verdict", verdict);
    Checks.between("probability", probability, 0, 1);
    Checks.text("model", model);
    at = Checks.moment("at", at);
  }
}
