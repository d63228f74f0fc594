package org.earshot.cloud.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database of the history: an SQLite file or a PostgreSQL server.
 *
 * <p>Opening brings its tables up to date. {@link #write} runs one transaction whose changes are on
 * disk when it returns; {@link #read} runs one query without one. On SQLite one connection of a
 * process writes, and the file lets one process write at a time; readers never wait. What is
 * deleted is overwritten in the file (secure_delete), and in its log by {@link #checkpoint}.
 *
 * <p>Thread-safe. Calls throw {@link StoreException} when the database cannot be used, and work
 * again once it can. A call whose connection broke while it was committing may have succeeded.
 */
public final class Database implements AutoCloseable {
  private static final int ATTEMPTS = 5; // of a transaction that another one stood in the way of

  private final String place;
  private final Dialect dialect;
  private final HikariDataSource writers;
  private final HikariDataSource readers; // the same on PostgreSQL
  private final Jdbi writing;
  private final Jdbi reading;

  private Database(
      String place, Dialect dialect, HikariDataSource writers, HikariDataSource readers) {
    this.place = place;
    this.dialect = dialect;
    this.writers = writers;
    this.readers = readers;
    this.writing = Jdbi.create(writers);
    this.reading = Jdbi.create(readers);
  }

  /**
   * Opens a database and brings its tables up to date.
   *
   * @throws StoreException when it cannot be reached or written, is damaged, or was made by a newer
   *     version of this program
   */
  public static Database open(DatabaseSettings settings) {
    Dialect dialect = settings.isPostgresql() ? Dialect.POSTGRESQL : Dialect.SQLITE;
    DataSource plain = dialect == Dialect.SQLITE ? file(settings) : server(settings);
    Migrations.apply(plain, dialect, settings);
    HikariDataSource readers = pool(plain, "database-" + dialect, settings.connections(), settings);
    HikariDataSource writers =
        dialect == Dialect.POSTGRESQL ? readers : pool(plain, "database-writer", 1, settings);
    Database database = new Database(settings.place(), dialect, writers, readers);
    try {
      Changes.adopt(database);
      return database;
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  private static DataSource file(DatabaseSettings settings) {
    makePrivate(Path.of(settings.url()), settings);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL); // what is acknowledged is on disk
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(settings.patience().toMillis()));
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    // A transaction that reads and then writes would fail when another one wrote in between.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + settings.url());
    return source;
  }

  /** Creates the file for its owner only; what SQLite puts beside it has the same rights. */
  private static void makePrivate(Path file, DatabaseSettings settings) {
    try {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException e) {
      // its rights are its owner's choice
    } catch (IOException e) {
      throw new StoreException(
          "database "
              + settings.place()
              + ": cannot create the file; its folder must exist and be writable ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
  }

  private static DataSource server(DatabaseSettings settings) {
    int seconds = Math.max(1, Math.toIntExact(settings.patience().toSeconds()));
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    if (!settings.user().isEmpty()) {
      source.setUser(settings.user());
    }
    if (!settings.password().isEmpty()) {
      source.setPassword(settings.password());
    }
    source.setApplicationName("earshot");
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    source.setSocketTimeout(3 * seconds); // a server that is gone without a word
    source.setTcpKeepAlive(true);
    return source;
  }

  private static HikariDataSource pool(
      DataSource source, String name, int connections, DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName(name);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Math.max(250, settings.patience().toMillis()));
    config.setValidationTimeout(Math.max(250, Math.min(5000, settings.patience().toMillis())));
    config.setInitializationFailTimeout(-1); // Migrations have tried to connect
    return new HikariDataSource(config);
  }

  /**
   * Runs one transaction; what it did is durable when this returns, and undone when it throws.
   *
   * <p>It may run more than once, when another transaction was in its way.
   */
  public <T> T write(Function<Handle, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return writing.inTransaction(work::apply);
      } catch (JdbiException e) {
        if (attempt == ATTEMPTS || !Failures.isCollision(e)) {
          throw Failures.of(place, e);
        }
      }
    }
  }

  /** Runs queries that change nothing; each sees what was committed when it began. */
  public <T> T read(Function<Handle, T> work) {
    try {
      return reading.withHandle(work::apply);
    } catch (JdbiException e) {
      throw Failures.of(place, e);
    }
  }

  /** Asks the database for a sign of life; throws StoreException when there is none. */
  public void ping() {
    int one = read(handle -> handle.createQuery("SELECT 1").mapTo(int.class).one());
    if (one != 1) {
      throw new StoreException("database " + place + ": answers " + one + " to SELECT 1", null);
    }
  }

  /**
   * Overwrites what was deleted where it still lies in SQLite's log. Nothing on PostgreSQL, which
   * cleans up by itself (docs/history.md says when).
   */
  public void checkpoint() {
    if (dialect == Dialect.SQLITE) {
      read(
          handle ->
              handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapTo(int.class).findFirst());
    }
  }

  /** Whether this is PostgreSQL, which several machines may share; else SQLite. */
  public boolean isPostgresql() {
    return dialect == Dialect.POSTGRESQL;
  }

  /** Where it is, for people; without a password. */
  public String place() {
    return place;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Closes all connections. */
  @Override
  public void close() {
    writers.close();
    readers.close();
  }
}
