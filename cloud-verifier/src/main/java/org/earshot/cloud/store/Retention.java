package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes what is too old or too much, through {@link Deletion}, as "retention".
 *
 * <p>Called from time to time, from one process or several. Thread-safe.
 */
public final class Retention {
  private static final String WHO = "retention";
  private static final Duration CHANGES = Duration.ofDays(2); // no live view looks back further

  private final Database database;
  private final Deletion deletion;
  private final RetentionSettings settings;

  /** A retention by these settings. */
  public Retention(Database database, Deletion deletion, RetentionSettings settings) {
    this.database = database;
    this.deletion = deletion;
    this.settings = settings;
  }

  /**
   * What one call did.
   *
   * @param events that were deleted
   * @param loneClips clips without an event that were deleted
   * @param more whether the bound was reached, so that it should be called again soon
   */
  public record Report(int events, int loneClips, boolean more) {}

  /** Deletes what is due, a bounded number; then forgets old tombstones, changes, audit lines. */
  public Report run(Instant now) {
    int room = settings.eventsAtOnce();
    int events = 0;
    int lone = 0;
    for (EventKey key : tooOld(now, room)) {
      events += count(deletion.delete(key, WHO, "too old", now));
      room--;
    }
    for (EventKey key : loneClips(now, room)) {
      lone += count(deletion.deleteLoneClip(key, WHO, "no event came", now));
      room--;
    }
    for (EventKey key : tooMuch(room)) {
      Deleted event = deletion.delete(key, WHO, "too much", now);
      events += count(event);
      if (event == Deleted.ABSENT) {
        lone += count(deletion.deleteLoneClip(key, WHO, "too much", now));
      }
      room--;
    }
    prune(now);
    return new Report(events, lone, room <= 0);
  }

  private static int count(Deleted deleted) {
    return deleted == Deleted.ABSENT ? 0 : 1;
  }

  private Set<EventKey> tooOld(Instant now, int limit) {
    Set<EventKey> due = new LinkedHashSet<>();
    for (Map.Entry<String, Duration> one : settings.ageByEvent().entrySet()) {
      due.addAll(
          older(List.of(one.getKey()), "event IN", now.minus(one.getValue()), limit - due.size()));
    }
    // a label that no event has stands for the empty list, which SQL does not know
    List<String> others =
        settings.ageByEvent().isEmpty() ? List.of("") : List.copyOf(settings.ageByEvent().keySet());
    due.addAll(older(others, "event NOT IN", now.minus(settings.age()), limit - due.size()));
    return due;
  }

  private List<EventKey> older(List<String> labels, String which, Instant before, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT site, id FROM events WHERE received_at < :before AND "
                        + which
                        + " (<labels>) ORDER BY received_at LIMIT :limit")
                .bindList("labels", labels)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .map(EventSearch::key)
                .list());
  }

  private List<EventKey> loneClips(Instant now, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT site, id FROM clips WHERE stored_at < :before AND NOT EXISTS"
                        + " (SELECT 1 FROM events WHERE events.site = clips.site"
                        + " AND events.id = clips.id) ORDER BY stored_at LIMIT :limit")
                .bind("before", now.minus(settings.loneClipAge()).toEpochMilli())
                .bind("limit", limit)
                .map(EventSearch::key)
                .list());
  }

  /** The oldest clips without which the others are within the bound. */
  private List<EventKey> tooMuch(int limit) {
    if (settings.clipBytes() == 0 || limit <= 0) {
      return List.of();
    }
    return database.read(
        handle -> {
          long bytes =
              handle
                  .createQuery("SELECT COALESCE(SUM(bytes), 0) FROM clips")
                  .mapTo(long.class)
                  .one();
          List<EventKey> due = new ArrayList<>();
          if (bytes <= settings.clipBytes()) {
            return due;
          }
          List<Map.Entry<EventKey, Long>> oldest =
              handle
                  .createQuery(
                      "SELECT site, id, bytes FROM clips ORDER BY stored_at, id LIMIT :limit")
                  .bind("limit", limit)
                  .map(
                      (row, context) ->
                          Map.entry(EventSearch.key(row, context), row.getLong("bytes")))
                  .list();
          for (Map.Entry<EventKey, Long> clip : oldest) {
            if (bytes <= settings.clipBytes()) {
              break;
            }
            due.add(clip.getKey());
            bytes -= clip.getValue();
          }
          return due;
        });
  }

  private void prune(Instant now) {
    Changes.prune(database, now.minus(CHANGES));
    deleteOlder("tombstones WHERE deleted_at", now.minus(settings.tombstoneAge()));
    deleteOlder("audit_lines WHERE at", now.minus(settings.auditAge()));
  }

  private void deleteOlder(String which, Instant before) {
    database.write(
        handle ->
            handle
                .createUpdate("DELETE FROM " + which + " < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }
}
