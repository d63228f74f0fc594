package org.earshot.cloud.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a database's tables to the state that this program knows; one process at a time. */
final class Migrations {
  private static final String FOLDER = "classpath:db/migration";
  private static final Duration POLL = Duration.ofMillis(50);

  private Migrations() {}

  /** Applies what is missing; refuses a database that a newer program has changed. */
  static void apply(DataSource source, Dialect dialect, DatabaseSettings settings) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations(FOLDER)
            .placeholders(dialect.placeholders())
            .table("schema_history")
            .loggers("slf4j")
            .load();
    if (dialect == Dialect.POSTGRESQL) {
      migrate(source, flyway, settings); // Flyway keeps others out with an advisory lock
      return;
    }
    Path lockFile = Path.of(settings.url() + ".lock"); // SQLite has no lock that Flyway could use
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel, settings.patience())) {
      if (lock == null) {
        throw new StoreException(
            "database " + settings.place() + ": another process is opening it; try again", null);
      }
      migrate(source, flyway, settings); // SQLite's change to WAL waits for nobody, either
    } catch (IOException e) {
      throw new StoreException(
          "database "
              + settings.place()
              + ": cannot write "
              + lockFile
              + "; give this process the right to",
          e);
    }
  }

  private static FileLock lock(FileChannel channel, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    do {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException held) {
        // by another thread of this process: wait as for another process
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    } while (System.nanoTime() - end < 0);
    return null;
  }

  private static void migrate(DataSource source, Flyway flyway, DatabaseSettings settings) {
    try (Connection first = source.getConnection()) {
      // a pool would hide why it cannot connect
      first.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw Failures.of(settings.place(), e);
    }
    try {
      refuseNewer(flyway, settings);
      flyway.migrate();
    } catch (FlywayException e) {
      throw Failures.of(settings.place(), e);
    }
  }

  private static void refuseNewer(Flyway flyway, DatabaseSettings settings) {
    MigrationVersion known = null;
    for (MigrationInfo info : flyway.info().all()) {
      if (info.getState().isResolved() && info.getVersion() != null) {
        known = info.getVersion();
      }
    }
    MigrationInfo current = flyway.info().current();
    if (known != null && current != null && current.getVersion().compareTo(known) > 0) {
      throw new StoreException(
          "database "
              + settings.place()
              + ": made by a newer version of this program (tables of version "
              + current.getVersion()
              + ", this program knows "
              + known
              + "); use that version, or restore a backup of before",
          null);
    }
  }
}
