package org.earshot.cloud.notify;

import java.io.IOException;
import java.time.Duration;

/** Publishes to the broker. Thread-safe. */
@FunctionalInterface
public interface MqttPublisher {
  /**
   * Publishes with QoS 1, not retained, and waits for the broker's acknowledgement, 30 s at most.
   *
   * @param expiry after which the broker no longer delivers it to who was away
   * @throws IOException with one line for people when there is none: no connection, refused, no
   *     answer in time; it may have been published nevertheless
   */
  void publish(String topic, byte[] payload, Duration expiry)
      throws IOException, InterruptedException;
}
