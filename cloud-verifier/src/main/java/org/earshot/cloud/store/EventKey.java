package org.earshot.cloud.store;

import java.util.Objects;
import org.earshot.event.EventId;

/**
 * Names one event: ids are a device's own choice, so they count within their site only.
 *
 * @param site name of the home
 * @param id the event's
 */
public record EventKey(String site, EventId id) {
  /** Throws NullPointerException when a part is missing. */
  public EventKey {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(id, "id");
  }
}
