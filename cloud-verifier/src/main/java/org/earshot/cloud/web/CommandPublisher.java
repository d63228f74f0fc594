package org.earshot.cloud.web;

import java.io.IOException;
import org.earshot.event.CommandMessage;

/**
 * Sends commands to devices. Thread-safe; returns once the broker has the command (QoS 1) or it is
 * written (QoS 0), within a few seconds.
 */
@FunctionalInterface
public interface CommandPublisher {
  /**
   * Publishes a command to {@code earshot/<site>/<device>/command}, not retained.
   *
   * @throws IOException with one line for people when the broker cannot be reached or refuses
   */
  void publish(String site, String device, CommandMessage command, Delivery delivery)
      throws IOException;
}
