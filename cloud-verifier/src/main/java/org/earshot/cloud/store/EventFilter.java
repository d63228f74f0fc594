package org.earshot.cloud.store;

import java.time.Instant;
import java.util.Set;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;

/**
 * Which events are wanted, newest first.
 *
 * @param sites any of these; empty: none at all, so that forgetting them shows nothing
 * @param events any of these labels; empty: all
 * @param devices any of these; empty: all
 * @param verdicts any of these; empty: all, those without a verdict too
 * @param from onset at or after; null: no bound
 * @param until onset before; null: no bound
 * @param before only what comes after this event in the list, for the next page; null: from the top
 * @param limit at most as many, 1 to 500
 */
public record EventFilter(
    Set<String> sites,
    Set<String> events,
    Set<String> devices,
    Set<Verdict> verdicts,
    Instant from,
    Instant until,
    EventId before,
    int limit) {
  /** Copies the sets; throws IllegalArgumentException when the limit is out of bounds. */
  public EventFilter {
    sites = Set.copyOf(sites);
    events = Set.copyOf(events);
    devices = Set.copyOf(devices);
    verdicts = Set.copyOf(verdicts);
    if (limit < 1 || limit > 500) {
      throw new IllegalArgumentException("limit " + limit + "; wanted 1 to 500");
    }
  }

  /** Returns a filter of everything in these sites. */
  public static EventFilter all(Set<String> sites, int limit) {
    return new EventFilter(sites, Set.of(), Set.of(), Set.of(), null, null, null, limit);
  }
}
