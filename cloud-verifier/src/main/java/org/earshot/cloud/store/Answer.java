package org.earshot.cloud.store;

import java.time.Instant;

/**
 * What a person said of an event.
 *
 * @param kind of answer
 * @param label what it was instead, for {@link Kind#SOMETHING_ELSE}; else empty
 * @param user who said it
 * @param at when
 */
public record Answer(Kind kind, String label, String user, Instant at) {
  /** The three answers of the page. */
  public enum Kind {
    /** The event was what the device said. */
    WAS_IT,
    /** It was not, and nothing else is said. */
    WAS_NOT_IT,
    /** It was another sound, which the label names. */
    SOMETHING_ELSE
  }
}
