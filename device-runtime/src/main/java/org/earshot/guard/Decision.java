package org.earshot.guard;

import java.time.Instant;

/** What becomes of an event. */
public sealed interface Decision {
  /** Tell the owner at once. */
  record Send() implements Decision {}

  /**
   * Hold it back: its {@link DelayedEvent} is told later whether to send or to drop it.
   *
   * @param until when the entry delay runs out
   */
  record Delay(Instant until) implements Decision {}

  /**
   * Tell nobody; nothing of it leaves the device.
   *
   * @param reason for the log
   */
  record Ignore(String reason) implements Decision {}
}
