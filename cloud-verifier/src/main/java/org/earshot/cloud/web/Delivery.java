package org.earshot.cloud.web;

import java.time.Duration;
import java.util.Optional;

/** How a command is to reach a device (docs/event-protocol.md). */
public enum Delivery {
  /** Only right at this moment, such as a siren: QoS 0, and gone after 30 s. */
  NOW(0, Duration.ofSeconds(30)),
  /**
   * Right for a while, such as arming: QoS 1, and gone after a minute. A house must not be disarmed
   * hours later, because its device came back.
   */
  SOON(1, Duration.ofMinutes(1)),
  /** Right whenever it arrives, such as a setting: QoS 1, without an end. */
  EVENTUALLY(1, null);

  private final int qos;
  private final Duration expiry;

  Delivery(int qos, Duration expiry) {
    this.qos = qos;
    this.expiry = expiry;
  }

  /** Returns the quality of service, 0 or 1. */
  public int qos() {
    return qos;
  }

  /** Returns the message's expiry, in whole seconds; empty when it has none. */
  public Optional<Duration> expiry() {
    return Optional.ofNullable(expiry);
  }
}
