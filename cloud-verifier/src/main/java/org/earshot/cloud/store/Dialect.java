package org.earshot.cloud.store;

import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Where the two databases differ. */
enum Dialect {
  SQLITE("TEXT", "BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT", ""),
  POSTGRESQL(
      "TEXT COLLATE \"C\"",
      "BYTEA",
      "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
      " FOR UPDATE SKIP LOCKED");

  private final String key;
  private final String bytes;
  private final String identity;

  /** Ends a query whose rows are to be changed, so that nobody else takes them too. */
  final String lockFreeRows;

  Dialect(String key, String bytes, String identity, String lockFreeRows) {
    this.key = key;
    this.bytes = bytes;
    this.identity = identity;
    this.lockFreeRows = lockFreeRows;
  }

  /** What migrations write as {@code ${name}}. */
  Map<String, String> placeholders() {
    return Map.of("key", key, "bytes", bytes, "identity", identity);
  }

  /**
   * Keeps others from the same event until the transaction ends, also when it has no row yet. A
   * transaction that writes to SQLite is alone anyway.
   */
  void lock(Handle transaction, EventKey key) {
    if (this == POSTGRESQL) {
      transaction
          .createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:key, 0))")
          .bind("key", key.site() + '/' + key.id())
          .mapTo(int.class)
          .one();
    }
  }
}
