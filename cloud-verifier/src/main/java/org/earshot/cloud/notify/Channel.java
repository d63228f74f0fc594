package org.earshot.cloud.notify;

/**
 * A way to tell the owner.
 *
 * <p>Thread-safe: several threads deliver at a time, but never two notices of one event. The same
 * notice may be handed over again after a crash or an answer that was lost; {@link
 * Notice#idempotencyKey()} is the same then.
 */
public interface Channel {
  /**
   * Returns its name in the rules and the database: 1 to 64 letters, digits, {@code _}, {@code -}.
   */
  String name();

  /**
   * Tells, updates or withdraws, and waits for the other side's answer, in bounded time well below
   * the courier's lease. What cannot be withdrawn is {@link Delivery.Delivered} at once. A failure
   * is an answer, not an exception; the reason holds no secret.
   *
   * @throws InterruptedException when the courier is being closed; the notice stays queued
   */
  Delivery deliver(Notice notice) throws InterruptedException;
}
