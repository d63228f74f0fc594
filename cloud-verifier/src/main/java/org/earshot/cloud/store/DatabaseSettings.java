package org.earshot.cloud.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which database, and how to reach it.
 *
 * @param url path of an SQLite file, or an address that begins with {@code jdbc:postgresql:}
 * @param user of PostgreSQL; empty for SQLite
 * @param password of PostgreSQL; empty for SQLite or when the server wants none
 * @param connections at most as many at a time in this process, 1 to 100; default {@value
 *     #CONNECTIONS}. SQLite has one more, which is the only one that writes
 * @param patience how long a call waits for a connection, a lock or the server, 0.1 s to 5 min;
 *     default 10 s
 */
public record DatabaseSettings(
    String url, String user, String password, int connections, Duration patience) {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public DatabaseSettings {
    if (url.isBlank()) {
      throw new IllegalArgumentException("no database: wanted a file's path or jdbc:postgresql:");
    }
    if (url.startsWith("jdbc:") && !url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "no such database: wanted a file's path, for SQLite, or " + POSTGRESQL + "//host/name");
    }
    if (connections < 1 || connections > 100) {
      throw new IllegalArgumentException(connections + " connections; wanted 1 to 100");
    }
    if (patience.toMillis() < 100 || patience.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("patience " + patience + "; wanted 0.1 s to 5 min");
    }
  }

  /** Returns the settings of an SQLite file, with defaults. */
  public static DatabaseSettings sqlite(Path file) {
    return new DatabaseSettings(file.toString(), "", "", CONNECTIONS, PATIENCE);
  }

  /** Returns the settings of a PostgreSQL database, with defaults. */
  public static DatabaseSettings postgresql(String url, String user, String password) {
    return new DatabaseSettings(url, user, password, CONNECTIONS, PATIENCE);
  }

  boolean isPostgresql() {
    return url.startsWith(POSTGRESQL);
  }

  /** The address without what may hold a password. */
  String place() {
    int question = url.indexOf('?');
    return isPostgresql() && question >= 0 ? url.substring(0, question) : url;
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + place() + ", " + connections + " connections]";
  }
}
