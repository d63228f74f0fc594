package org.earshot.cloud.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Who did what, without any sound; appended, never changed. Throws {@link StoreException}. */
public interface Audit {
  /**
   * One line.
   *
   * @param at when
   * @param site of which home; empty when of none
   * @param who user, worker or "retention"
   * @param action such as {@code event_deleted}
   * @param subject what it was done to, such as an event's id
   * @param detail more, for people
   */
  record Line(Instant at, String site, String who, String action, String subject, String detail) {}

  /** Appends a line. */
  void append(Line line);

  /** Returns the latest lines of these sites, newest first, at most {@code limit}. */
  List<Line> latest(Set<String> sites, int limit);
}
