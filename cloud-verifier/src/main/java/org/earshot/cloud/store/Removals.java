package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements that make something forgotten, and that remember what is still to be removed. */
final class Removals {
  /** How long others leave alone what one process removes just now. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final String THIS = " WHERE site = :site AND id = :id";

  private Removals() {}

  /**
   * A deletion that is not finished.
   *
   * @param key of the event
   * @param device that sent it
   * @param soundGone whether the clip store has no sound of it any more
   * @param deviceTold whether the device's command is on its way
   * @param tries how often it was tried in vain
   */
  record Due(EventKey key, String device, boolean soundGone, boolean deviceTold, int tries) {}

  /**
   * Forgets an event and its clip's description; what is left is the tombstone, and a note that
   * sound and device are still to be seen to.
   */
  static void forget(Handle handle, EventKey key, String device, Instant onset, Instant now) {
    JdbiHistory.bind(key, handle.createUpdate("DELETE FROM events" + THIS)).execute();
    JdbiHistory.bind(key, handle.createUpdate("DELETE FROM clips" + THIS)).execute();
    JdbiHistory.bind(key, handle.createUpdate("DELETE FROM verification_attempts" + THIS))
        .execute();
    JdbiHistory.bind(
            key,
            handle.createUpdate(
                "INSERT INTO tombstones (site, id, onset_at, deleted_at)"
                    + " VALUES (:site, :id, :onset, :now)"))
        .bind("onset", onset.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .execute();
    JdbiHistory.bind(
            key,
            handle.createUpdate(
                "INSERT INTO removals (site, id, device, sound_gone, device_told, tries, next_at,"
                    + " asked_at) VALUES (:site, :id, :device, 0, 0, 0, :next, :now)"))
        .bind("device", device)
        .bind("next", now.plus(LEASE).toEpochMilli()) // who deletes goes on with it at once
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Forgets a clip without an event; returns its device, or empty when there is none. */
  static Optional<String> forgetLoneClip(
      Handle handle, Database database, EventKey key, String who, String reason, Instant now) {
    database.dialect().lock(handle, key);
    Optional<String> device =
        JdbiHistory.bind(
                key,
                handle.createQuery(
                    "SELECT device FROM clips WHERE site = :site AND id = :id AND NOT EXISTS"
                        + " (SELECT 1 FROM events WHERE site = :site AND id = :id)"))
            .mapTo(String.class)
            .findOne();
    device.ifPresent(
        name -> {
          forget(handle, key, name, key.id().time(), now);
          JdbiAudit.append(
              handle,
              new Audit.Line(now, key.site(), who, "clip_deleted", key.id().text(), reason));
        });
    return device;
  }

  /** Takes what is due, so that nobody else tries it at the same time. */
  static List<Due> take(Handle handle, Database database, Instant now, int limit) {
    List<Due> due =
        handle
            .createQuery(
                "SELECT * FROM removals WHERE next_at <= :now ORDER BY next_at LIMIT :limit"
                    + database.dialect().lockFreeRows)
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map(
                (row, context) ->
                    new Due(
                        EventSearch.key(row, context),
                        row.getString("device"),
                        row.getInt("sound_gone") != 0,
                        row.getInt("device_told") != 0,
                        row.getInt("tries")))
            .list();
    for (Due one : due) {
      JdbiHistory.bind(one.key(), handle.createUpdate("UPDATE removals SET next_at = :next" + THIS))
          .bind("next", now.plus(LEASE).toEpochMilli())
          .execute();
    }
    return due;
  }

  static int done(Handle handle, EventKey key) {
    return JdbiHistory.bind(key, handle.createUpdate("DELETE FROM removals" + THIS)).execute();
  }

  static int postpone(Handle handle, EventKey key, boolean soundGone, boolean told, Instant next) {
    return JdbiHistory.bind(
            key,
            handle.createUpdate(
                "UPDATE removals SET sound_gone = :gone, device_told = :told,"
                    + " tries = tries + 1, next_at = :next"
                    + THIS))
        .bind("gone", soundGone ? 1 : 0)
        .bind("told", told ? 1 : 0)
        .bind("next", next.toEpochMilli())
        .execute();
  }
}
