package org.earshot.outbox;

/**
 * Learns what the outbox lost, so that it can be counted and told.
 *
 * <p>Called on the thread that opened the outbox, put an item or set one aside, outside the
 * outbox's lock.
 */
public interface OutboxListener {
  /** An item that was not sent was deleted: the budget or the disk had no room. */
  void dropped(OutboxEntry entry, String reason);

  /**
   * A file that cannot be read was moved out of the way.
   *
   * @param file its name in the outbox's folder
   * @param reason what is wrong, with the byte offset
   */
  void damaged(String file, String reason);

  /** An item that cannot be delivered was moved out of the way. */
  void setAside(OutboxEntry entry, String reason);
}
