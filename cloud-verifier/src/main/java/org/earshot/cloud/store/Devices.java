package org.earshot.cloud.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earshot.event.HealthMessage;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;

/** The devices of all sites, by what they said last. Thread-safe; throws {@link StoreException}. */
public interface Devices {
  /** Remembers a state. */
  void state(String site, String device, StateMessage state, Instant receivedAt);

  /** Remembers what is wrong. */
  void problems(String site, String device, ProblemMessage problems, Instant receivedAt);

  /** Remembers the numbers. */
  void health(String site, String device, HealthMessage health, Instant receivedAt);

  /** Remembers the sensitivity of an event. */
  void sensitivity(String site, String device, String event, int value, Instant receivedAt);

  /** Remembers whether the siren sounds. */
  void siren(String site, String device, boolean on, Instant receivedAt);

  /** Returns the devices of these sites by site and name. */
  List<DeviceRecord> in(Set<String> sites);

  /** Returns one device. */
  Optional<DeviceRecord> find(String site, String device);

  /** Returns every site that is known, by name. */
  List<String> sites();
}
