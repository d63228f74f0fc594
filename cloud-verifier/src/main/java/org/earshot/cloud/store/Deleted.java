package org.earshot.cloud.store;

/** How far a deletion has come. */
public enum Deleted {
  /** There was no such event. */
  ABSENT,
  /** Row and sound are gone, the device's command is on its way. */
  COMPLETE,
  /** The row is gone for good; the clip store or the broker was away, and is tried again. */
  PENDING
}
