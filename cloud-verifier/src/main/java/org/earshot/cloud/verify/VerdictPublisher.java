package org.earshot.cloud.verify;

import org.earshot.event.VerdictMessage;

/** Tells a device the verdict on its event. */
@FunctionalInterface
public interface VerdictPublisher {
  /**
   * Sends a verdict, at least once unless this process ends before. Does not wait for the network
   * and does not throw; what cannot be sent is counted.
   */
  void publish(String site, String device, VerdictMessage verdict);
}
