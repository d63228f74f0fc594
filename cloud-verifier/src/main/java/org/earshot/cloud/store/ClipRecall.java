package org.earshot.cloud.store;

import org.earshot.event.EventId;

/** Tells a device to delete a clip that it may still hold. */
@FunctionalInterface
public interface ClipRecall {
  /**
   * Sends the command {@code delete_clip}, so that it waits for a device that is away.
   *
   * @return whether the broker has taken it; else, or when this throws, it is tried again later
   */
  boolean recall(String site, String device, EventId id);
}
