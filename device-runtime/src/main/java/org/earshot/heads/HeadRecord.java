package org.earshot.heads;

/**
 * What a device knows of the heads that came for one event.
 *
 * @param event label
 * @param highest the highest version that was ever taken; 1 and up
 * @param current digest of the file that is to be heard with; null for none
 * @param previous digest of the file that a roll-back returns to; null for none
 */
record HeadRecord(String event, int highest, String current, String previous) {
  /** After a newer version was taken. */
  HeadRecord taken(int version, String digest) {
    return new HeadRecord(event, version, digest, current == null ? previous : current);
  }

  /** After the owner wanted none. */
  HeadRecord removed() {
    return new HeadRecord(event, highest, null, current);
  }

  /** After the owner wanted the one before. */
  HeadRecord rolledBack() {
    return new HeadRecord(event, highest, previous, null);
  }
}
