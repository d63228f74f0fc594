package org.earshot.cloud.store;

/** What became of a message or clip. */
public enum Received {
  /** It is stored. */
  STORED,
  /** It was there already; nothing changed. */
  REPEATED,
  /** Its event was deleted; it is not stored, and never will be. */
  DELETED,
  /** Another device of the site has that event id; it is not stored. */
  FOREIGN
}
