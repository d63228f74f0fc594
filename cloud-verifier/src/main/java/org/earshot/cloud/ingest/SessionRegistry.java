package org.earshot.cloud.ingest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earshot.cloud.store.Database;

/**
 * Which worker attends to which session at the broker, in the database.
 *
 * <p>A session is registered before it is made, so that none is ever forgotten. Thread-safe; throws
 * {@code StoreException}.
 */
final class SessionRegistry {
  private final Database database;

  SessionRegistry(Database database) {
    this.database = database;
  }

  /** Notes that a worker makes a session. */
  void register(String clientId, String worker, Instant now) {
    database.write(
        transaction ->
            transaction
                .createUpdate(
                    "INSERT INTO broker_sessions (client_id, worker, seen_at)"
                        + " VALUES (:client, :worker, :now)")
                .bind("client", clientId)
                .bind("worker", worker)
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /** Shows that a worker is there; returns the sessions that are still its own. */
  Set<String> beat(String worker, Instant now) {
    return database.write(
        transaction -> {
          transaction
              .createUpdate("UPDATE broker_sessions SET seen_at = :now WHERE worker = :worker")
              .bind("now", now.toEpochMilli())
              .bind("worker", worker)
              .execute();
          return transaction
              .createQuery("SELECT client_id FROM broker_sessions WHERE worker = :worker")
              .bind("worker", worker)
              .mapTo(String.class)
              .collect(Collectors.toUnmodifiableSet());
        });
  }

  /** Gives a worker a session whose own worker was not seen since a moment. */
  Optional<String> adopt(String worker, Instant unseenSince, Instant now) {
    return database.write(
        transaction -> {
          Optional<String> session =
              transaction
                  .createQuery(
                      "SELECT client_id FROM broker_sessions"
                          + " WHERE seen_at < :since AND worker <> :worker"
                          + " ORDER BY seen_at, client_id LIMIT 1")
                  .bind("since", unseenSince.toEpochMilli())
                  .bind("worker", worker)
                  .mapTo(String.class)
                  .findOne();
          return session.filter(
              client ->
                  transaction
                          .createUpdate(
                              "UPDATE broker_sessions SET worker = :worker, seen_at = :now"
                                  + " WHERE client_id = :client AND seen_at < :since")
                          .bind("worker", worker)
                          .bind("now", now.toEpochMilli())
                          .bind("client", client)
                          .bind("since", unseenSince.toEpochMilli())
                          .execute()
                      == 1); // else another worker was faster
        });
  }

  /** Forgets a session that is no more. */
  void remove(String clientId) {
    database.write(
        transaction ->
            transaction
                .createUpdate("DELETE FROM broker_sessions WHERE client_id = :client")
                .bind("client", clientId)
                .execute());
  }

  /** Leaves all sessions of a worker to others, at once. */
  void leave(String worker) {
    database.write(
        transaction ->
            transaction
                .createUpdate("UPDATE broker_sessions SET seen_at = 0 WHERE worker = :worker")
                .bind("worker", worker)
                .execute());
  }
}
