package org.earshot.guard;

/** An event that waits for the end of an entry delay; exactly one of the two is called, once. */
public interface DelayedEvent {
  /** The delay ran out, or something else set off the alarm: tell the owner. */
  void send();

  /** The home was disarmed in time: forget the event and its clip. */
  void drop();
}
