package org.earshot.cloud.store;

import java.time.Instant;
import java.util.Map;
import org.earshot.event.HealthMessage;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;

/**
 * What a device last said of itself.
 *
 * @param site name of the home
 * @param device its name
 * @param state null before the first
 * @param problems null before the first
 * @param health null before the first
 * @param sensitivities by event, 0 to 100
 * @param siren whether its siren sounds
 * @param seenAt when its last message was received
 */
public record DeviceRecord(
    String site,
    String device,
    StateMessage state,
    ProblemMessage problems,
    HealthMessage health,
    Map<String, Integer> sensitivities,
    boolean siren,
    Instant seenAt) {
  /** Copies the map. */
  public DeviceRecord {
    sensitivities = Map.copyOf(sensitivities);
  }
}
