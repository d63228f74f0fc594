package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds sound in the clip store that no row describes, and deletes it: at once when its event was
 * deleted, else when it has been so for a time, because a clip's sound is stored before its row. A
 * clip that is delivered again in the very moment in which its old sound is deleted may lose it.
 *
 * <p>Each call looks at the next page of the store and begins anew at its end. Several processes
 * may sweep; one is enough. Not thread-safe.
 */
public final class Orphans {
  private static final int PAGE = 1000; // clips that one call looks at
  private static final Duration NOTE = Duration.ofDays(30); // that a note of an orphan is kept

  private final Database database;
  private final ClipStore clips;
  private final Duration grace;
  private EventKey position; // the last key that was looked at; null: at the start

  /**
   * A sweep of one clip store.
   *
   * @param grace how long sound may be without a row, at least a minute; default an hour
   */
  public Orphans(Database database, ClipStore clips, Duration grace) {
    if (grace.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("grace " + grace + "; wanted a minute or more");
    }
    this.database = database;
    this.clips = clips;
    this.grace = grace;
  }

  /** Looks at the next 1000 clips and returns how many were deleted. */
  public int sweep(Instant now) {
    List<EventKey> page = clips.list(position, PAGE);
    position = page.size() < PAGE ? null : page.get(page.size() - 1);
    int deleted = 0;
    for (EventKey key : withoutRow(page)) {
      if (database.write(handle -> isOver(handle, key, now))) {
        // outside of the transaction, which would keep all others waiting for the clip store
        clips.delete(key);
        database.write(handle -> forget(handle, key));
        deleted++;
      }
    }
    database.write(handle -> forget(handle, now.minus(grace).minus(NOTE)));
    return deleted;
  }

  private List<EventKey> withoutRow(List<EventKey> page) {
    Map<String, List<String>> idsBySite = new LinkedHashMap<>();
    for (EventKey key : page) {
      idsBySite.computeIfAbsent(key.site(), site -> new ArrayList<>()).add(key.id().text());
    }
    Set<EventKey> described = new HashSet<>();
    idsBySite.forEach(
        (site, ids) ->
            described.addAll(
                database.read(
                    handle ->
                        handle
                            .createQuery(
                                "SELECT site, id FROM clips WHERE site = :site AND id IN (<ids>)")
                            .bind("site", site)
                            .bindList("ids", ids)
                            .map(EventSearch::key)
                            .list())));
    return page.stream().filter(key -> !described.contains(key)).toList();
  }

  private boolean isOver(Handle handle, EventKey key, Instant now) {
    if (has(handle, "clips", key)) { // it has come since the page was compared
      return false;
    }
    return has(handle, "tombstones", key) || !now.isBefore(seen(handle, key, now).plus(grace));
  }

  private static int forget(Handle handle, EventKey key) {
    return JdbiHistory.bind(
            key, handle.createUpdate("DELETE FROM orphans WHERE site = :site AND id = :id"))
        .execute();
  }

  private static int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM orphans WHERE seen_at < :before")
        .bind("before", before.toEpochMilli())
        .execute();
  }

  /** The table is one of this class's own names. */
  private static boolean has(Handle handle, String table, EventKey key) {
    return JdbiHistory.bind(
            key, handle.createQuery("SELECT 1 FROM " + table + " WHERE site = :site AND id = :id"))
        .mapTo(int.class)
        .findOne()
        .isPresent();
  }

  private static Instant seen(Handle handle, EventKey key, Instant now) {
    JdbiHistory.bind(
            key,
            handle.createUpdate(
                "INSERT INTO orphans (site, id, seen_at) VALUES (:site, :id, :now)"
                    + " ON CONFLICT (site, id) DO NOTHING"))
        .bind("now", now.toEpochMilli())
        .execute();
    return JdbiHistory.bind(
            key, handle.createQuery("SELECT seen_at FROM orphans WHERE site = :site AND id = :id"))
        .map((row, context) -> EventRows.moment(row, "seen_at"))
        .one();
  }
}
