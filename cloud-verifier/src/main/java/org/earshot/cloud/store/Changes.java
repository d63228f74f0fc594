package org.earshot.cloud.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earshot.event.EventId;
import org.jdbi.v3.core.Handle;

/**
 * The changes of one transaction, told to the listeners and numbered for live views.
 *
 * <p>No reader may miss a change because one with a smaller number is committed later. SQLite
 * writes one transaction after the other, so a counter does. On PostgreSQL the number begins with
 * the transaction's own, and a reader sees only what is older than every transaction that still
 * runs (ADR 0023): writers wait for nobody, and a live view waits for the slowest of them.
 */
final class Changes {
  /** Changes of one transaction; the number's lower bits. */
  static final int PER_TRANSACTION = 1 << 12;

  private static final String XID = "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)";
  private static final String OLDEST_RUNNING =
      "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";
  private static final String NEXT_XID =
      "CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)";

  private final Handle transaction;
  private final Dialect dialect;
  private final List<ChangeListener> listeners;
  private long xid = -1; // not asked yet
  private int made;

  Changes(Handle transaction, Dialect dialect, List<ChangeListener> listeners) {
    this.transaction = transaction;
    this.dialect = dialect;
    this.listeners = listeners;
  }

  /** Records a change and tells the listeners. */
  void add(EventRecord event, Change change, Instant at) {
    if (made == PER_TRANSACTION) {
      throw new IllegalStateException("more than " + made + " changes in one transaction");
    }
    transaction
        .createUpdate(
            "INSERT INTO changes (position, xid, site, id, kind, changed_at)"
                + " VALUES (:position, :xid, :site, :id, :kind, :at)")
        .bind("position", position())
        .bind("xid", xid)
        .bind("site", event.key().site())
        .bind("id", event.key().id().text())
        .bind("kind", change.name())
        .bind("at", at.toEpochMilli())
        .execute();
    made++;
    for (ChangeListener listener : listeners) {
      listener.changed(transaction, event, change);
    }
  }

  private long position() {
    if (dialect == Dialect.SQLITE) {
      xid = 0;
      return count(transaction, "change");
    }
    if (xid < 0) {
      xid = transaction.createQuery("SELECT " + XID).mapTo(long.class).one();
    }
    return xid * PER_TRANSACTION + made;
  }

  /** Raises a counter by one and returns it. */
  static long count(Handle transaction, String name) {
    return transaction
        .createQuery("UPDATE counters SET number = number + 1 WHERE name = :name RETURNING number")
        .bind("name", name)
        .mapTo(long.class)
        .one();
  }

  static List<History.ChangedEvent> after(Database database, long position, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT position, site, id, kind FROM changes WHERE position > :position"
                        + finished(database)
                        + " ORDER BY position LIMIT :limit")
                .bind("position", position)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new History.ChangedEvent(
                            row.getLong("position"),
                            new EventKey(row.getString("site"), new EventId(row.getString("id"))),
                            Change.valueOf(row.getString("kind"))))
                .list());
  }

  static long latest(Database database) {
    return database.read(
        handle -> {
          Optional<Long> latest =
              handle
                  .createQuery(
                      "SELECT position FROM changes WHERE position > 0"
                          + finished(database)
                          + " ORDER BY position DESC LIMIT 1")
                  .mapTo(Long.class)
                  .findOne();
          return latest.orElse(0L);
        });
  }

  private static String finished(Database database) {
    return database.isPostgresql() ? " AND xid < " + OLDEST_RUNNING : "";
  }

  /**
   * Drops changes of transactions that this server has not made yet: the database was restored from
   * a backup of another server, which counts its transactions by itself.
   */
  static void adopt(Database database) {
    if (database.isPostgresql()) {
      database.write(handle -> handle.execute("DELETE FROM changes WHERE xid >= " + NEXT_XID));
    }
  }

  /** Forgets changes from before a moment, but for the latest; returns how many. */
  static int prune(Database database, Instant before) {
    return database.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM changes WHERE changed_at < :before"
                        + " AND position < (SELECT MAX(position) FROM changes)")
                .bind("before", before.toEpochMilli())
                .execute());
  }
}
