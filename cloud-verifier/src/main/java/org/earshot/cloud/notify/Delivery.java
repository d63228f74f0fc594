package org.earshot.cloud.notify;

import java.time.Duration;

/** What became of an attempt to deliver a notice. */
public sealed interface Delivery {
  /** The other side has it. */
  record Delivered() implements Delivery {}

  /**
   * It does not have it, or did not say so; it may later.
   *
   * @param reason in one line, for people
   * @param after what the other side asked to wait; null when it did not
   */
  record TryAgain(String reason, Duration after) implements Delivery {}

  /**
   * It will never take this notice.
   *
   * @param reason in one line, for people
   */
  record Refused(String reason) implements Delivery {}

  /** Returns that it was delivered. */
  static Delivery delivered() {
    return new Delivered();
  }

  /** Returns that it may be delivered later. */
  static Delivery tryAgain(String reason) {
    return new TryAgain(reason, null);
  }

  /** Returns that it is refused for good. */
  static Delivery refused(String reason) {
    return new Refused(reason);
  }
}
