package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.earshot.event.EventId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void restartKeepsEverything(Databases kind) {
    DatabaseSettings settings = kind.fresh(folder);
    EventId id = Samples.id();
    long position;
    try (Database database = Database.open(settings)) {
      History history = new JdbiHistory(database, List.of(), Set.of());
      history.receive(Samples.opened(id, "siren"), NOW, NOW);
      position = history.latestChange();
    }
    try (Database database = Database.open(settings)) {
      History history = new JdbiHistory(database, List.of(), Set.of());
      assertThat(history.find(Samples.key(id)).orElseThrow().latest())
          .isEqualTo(Samples.opened(id, "siren"));
      assertThat(history.latestChange()).isEqualTo(position).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void manyMayOpenAnEmptyDatabaseAtOnce(Databases kind) throws Exception {
    DatabaseSettings settings = kind.fresh(folder);
    ExecutorService openers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> opened =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(i -> openers.submit(() -> Database.open(settings).close()))
              .toList();
      for (Future<?> one : opened) {
        one.get();
      }
    } finally {
      openers.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void newerTablesAreRefused(Databases kind) {
    DatabaseSettings settings = kind.fresh(folder);
    try (Database database = Database.open(settings)) {
      database.write(
          handle ->
              handle.execute(
                  "INSERT INTO schema_history (installed_rank, version, description, type,"
                      + " script, installed_by, execution_time, success)"
                      + " VALUES (999, '999', 'future', 'SQL', 'V999__future.sql', 'x', 1, "
                      + (database.isPostgresql() ? "true" : "1")
                      + ")"));
    }
    assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version of this program")
        .hasMessageContaining("999");
  }

  @Test
  void corruptFileIsNamed() throws IOException {
    Path file = folder.resolve("history.db");
    Files.writeString(file, "this is no database ".repeat(500));
    assertThatThrownBy(() -> Database.open(DatabaseSettings.sqlite(file)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("restore a backup");
  }

  @Test
  void missingFolderIsNamed() {
    Path file = folder.resolve("absent").resolve("history.db");
    assertThatThrownBy(() -> Database.open(DatabaseSettings.sqlite(file)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("folder must exist and be writable");
  }

  @Test
  void unwritableFolderIsNamed() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    // root may write everywhere but where the system has no files
    Path unwritable = Files.isWritable(closed) ? Path.of("/proc") : closed;
    assertThatThrownBy(
            () -> Database.open(DatabaseSettings.sqlite(unwritable.resolve("history.db"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("folder must exist and be writable");
  }

  @Test
  void fileIsForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("history.db");
    try (Database database = Database.open(DatabaseSettings.sqlite(file))) {
      database.ping();
      for (String name : List.of("history.db", "history.db-wal")) {
        assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void wrongPasswordAndMissingDatabaseAreNamed() {
    DatabaseSettings right = Databases.POSTGRESQL.fresh(folder);
    assertThatThrownBy(
            () -> Database.open(DatabaseSettings.postgresql(right.url(), right.user(), "s3cret")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refuses the user or the password")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(
            () ->
                Database.open(
                    DatabaseSettings.postgresql(
                        right.url().replace("/postgres?", "/absent?"),
                        right.user(),
                        right.password())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no such database");
    assertThat(right.toString()).doesNotContain(right.password());
  }

  @Test
  void serverThatGoesIsNamedAndThatComesBackIsUsedAgain() {
    Databases.assumePostgresql();
    try (PostgresServer server = PostgresServer.start()) {
      DatabaseSettings plain = server.fresh();
      DatabaseSettings settings =
          new DatabaseSettings(
              plain.url(), plain.user(), plain.password(), 4, Duration.ofSeconds(2));
      EventId id = Samples.id();
      try (Database database = Database.open(settings)) {
        History history = new JdbiHistory(database, List.of(), Set.of());
        history.receive(Samples.opened(id, "siren"), NOW, NOW);
        server.down();
        assertThatThrownBy(database::ping)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("jdbc:postgresql://127.0.0.1:");
        assertThatThrownBy(() -> history.receive(Samples.clip(Samples.key(id))))
            .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Database.open(settings))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("cannot be reached");
        server.up();
        assertThat(receiveOnceItIsBack(history, Samples.clip(Samples.key(id))))
            .isEqualTo(Received.STORED);
        assertThat(history.find(Samples.key(id))).isPresent();
      }
    }
  }

  /** The pool asks again at growing intervals; each call waits for it as long as it may. */
  private static Received receiveOnceItIsBack(History history, ClipRecord clip) {
    for (int attempt = 1; ; attempt++) {
      try {
        return history.receive(clip);
      } catch (StoreException e) {
        if (attempt == 30) {
          throw e;
        }
      }
    }
  }
}
