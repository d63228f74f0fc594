package org.earshot.cloud.store;

/** What happened to an event's record. */
public enum Change {
  /** Its first message came. */
  OPENED,
  /** A later message came: it goes on. */
  UPDATED,
  /** It is over. */
  ENDED,
  /** Its clip came. */
  CLIP,
  /** A model gave its verdict. */
  JUDGED,
  /** The deadline passed without a verdict: it is unverified. */
  OVERDUE,
  /** A person answered. */
  ANSWERED,
  /** It was deleted, with its clip. */
  DELETED
}
