package org.earshot.cloud.verify;

import java.time.Duration;
import java.time.Instant;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.EventKey;

/**
 * Counts in the database how often a clip was tried without a verdict, by all workers together.
 *
 * <p>It is counted before the model is asked: a clip that ends the process, as native code can,
 * must not end one worker after the other. A count is forgotten after a day. Thread-safe; throws
 * {@code StoreException}.
 */
final class Attempts {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Database database;

  Attempts(Database database) {
    this.database = database;
  }

  /** Counts an attempt that begins, and returns its number, from 1. */
  int begin(EventKey key, Instant now) {
    return database.write(
        transaction -> {
          transaction
              .createUpdate("DELETE FROM verification_attempts WHERE tried_at < :before")
              .bind("before", now.minus(KEPT).toEpochMilli())
              .execute();
          return transaction
              .createQuery(
                  "INSERT INTO verification_attempts (site, id, attempts, tried_at)"
                      + " VALUES (:site, :id, 1, :now) ON CONFLICT (site, id) DO UPDATE"
                      + " SET attempts = verification_attempts.attempts + 1, tried_at = :now"
                      + " RETURNING attempts")
              .bind("site", key.site())
              .bind("id", key.id().text())
              .bind("now", now.toEpochMilli())
              .mapTo(int.class)
              .one();
        });
  }
}
