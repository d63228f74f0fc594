package org.earshot.event;

/** How far an event has gone when its message is sent. */
public enum Phase {
  /** It was just recognised and goes on. */
  OPENED,
  /** It still goes on; sent from time to time during a long alarm. */
  UPDATED,
  /** It is over; the message carries the offset. */
  ENDED
}
