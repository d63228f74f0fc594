package org.earshot.cloud.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/**
 * The databases that the history runs on, for parameterised tests: {@code @EnumSource} gives a test
 * each of them.
 *
 * <p>PostgreSQL is started once in a JVM, when it is first asked for, and stopped at its end; tests
 * that ask for it skip by name when Debian's postgresql is not installed.
 */
public enum Databases {
  /** A file in the folder of the test. */
  SQLITE,
  /** A database of its own on the server of this JVM. */
  POSTGRESQL;

  /** Settings of a new, empty database. */
  public DatabaseSettings fresh(Path folder) {
    if (this == SQLITE) {
      return DatabaseSettings.sqlite(folder.resolve("history.db"));
    }
    assumePostgresql();
    return Server.STARTED.fresh();
  }

  /** Opens a new, empty database; the test closes it. */
  public Database open(Path folder) {
    return Database.open(fresh(folder));
  }

  /** Skips the test by name when the server is not installed. */
  public static void assumePostgresql() {
    assumeTrue(PostgresServer.isInstalled(), "needs Debian's package postgresql");
  }

  /** Started when it is first looked at. */
  private static final class Server {
    static final PostgresServer STARTED = PostgresServer.start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(STARTED::close, "postgresql-stop"));
    }

    private Server() {}
  }
}
