package org.earshot.cloud.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own, on loopback, in a temporary folder.
 *
 * <p>It runs as the user {@code postgres} when the tests run as root, which the server refuses to
 * be. Its users must give a password.
 */
public final class PostgresServer implements AutoCloseable {
  static final String USER = "earshot";
  static final String PASSWORD = "of the tests";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final long DEADLINE_SECONDS = 120;

  private final Path programs;
  private final Path folder;
  private final AtomicInteger schemas = new AtomicInteger();
  private int port;

  private PostgresServer(Path programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
  }

  /** Whether Debian's postgresql is installed. */
  public static boolean isInstalled() {
    return programs().isPresent();
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Starts an empty server; throws IllegalStateException when it does not come up. */
  public static PostgresServer start() {
    try {
      Path folder = Files.createTempDirectory("earshot-postgresql-");
      if (isRoot()) {
        Files.setOwner(
            folder,
            folder
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("postgres"));
      }
      PostgresServer server = new PostgresServer(programs().orElseThrow(), folder);
      Path password = folder.resolve("password");
      Files.writeString(password, PASSWORD + "\n");
      server.run(
          "initdb",
          "-D",
          server.data(),
          "-U",
          USER,
          "-A",
          "scram-sha-256",
          "--pwfile=" + password,
          "--no-sync",
          "-E",
          "UTF8",
          "--locale=C.UTF-8");
      for (int attempt = 1; ; attempt++) {
        server.port = freePort();
        try {
          server.up();
          return server;
        } catch (IllegalStateException e) {
          if (attempt == 3) { // somebody else took the port
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, on the same port. */
  public void up() {
    String options =
        "-h 127.0.0.1 -p "
            + port
            + " -k '' -c fsync=off -c max_connections=200"
            // whose transactions would hold back live views now and then
            + " -c autovacuum=off";
    run(
        "pg_ctl",
        "-D",
        data(),
        "-w",
        "-t",
        "100",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        options,
        "start");
  }

  /** Ends it at once, as a power cut would. */
  public void down() {
    run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
  }

  /**
   * Makes an empty schema, which is a database as far as a test can see and made much faster, and
   * returns how to reach it.
   */
  public DatabaseSettings fresh() {
    String schema = "history" + schemas.incrementAndGet();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return DatabaseSettings.postgresql(url + "?currentSchema=" + schema, USER, PASSWORD);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    execute(command);
  }

  private void execute(List<String> command) {
    try {
      Path output = Files.createTempFile("earshot-postgresql-", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile()) // the other user may not enter ours
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("PGPASSWORD", PASSWORD);
      Process process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + ": " + text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Stops it and removes its folder. */
  @Override
  public void close() {
    down();
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          delete(entry);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
