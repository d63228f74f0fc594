package org.earshot.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Mosquitto of the test's own, on a free port of the loopback, that can be killed and restarted.
 *
 * <p>Its configuration, log and store lie in the folder given; the port stays the same over
 * restarts.
 */
public final class MosquittoBroker implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final int START_ATTEMPTS = 5;
  private static final long DEADLINE_SECONDS = 30;

  private final Path folder;
  private final List<String> options;
  private int port;
  private Process process;

  private MosquittoBroker(Path folder, List<String> options) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.options = options;
    port = freePort();
  }

  /** Skips the test where Mosquitto is not installed. */
  public static void assumeInstalled() {
    assumeTrue(
        Files.isExecutable(PROGRAM), "the Debian package mosquitto is not installed (mosquitto)");
  }

  /**
   * Makes a broker without starting it, where Mosquitto is installed; else skips the test.
   *
   * @param options lines of its configuration; {@code allow_anonymous true} stands where none of
   *     them says otherwise
   */
  public static MosquittoBroker in(Path folder, String... options) throws IOException {
    assumeInstalled();
    return new MosquittoBroker(folder, List.of(options));
  }

  /** Starts it and waits until it accepts connections. */
  public MosquittoBroker start() {
    try {
      for (int attempt = 1; ; attempt++) {
        if (tryStart()) {
          return this;
        }
        if (attempt == START_ATTEMPTS) {
          throw new IllegalStateException("mosquitto does not start: " + log());
        }
        port = freePort(); // somebody was faster
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean tryStart() throws IOException, InterruptedException {
    Path configuration = folder.resolve("mosquitto.conf");
    Files.write(configuration, configuration());
    process =
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      } catch (IOException e) {
        process.waitFor(10, TimeUnit.MILLISECONDS); // not yet
      }
    }
    kill();
    return false;
  }

  private List<String> configuration() {
    List<String> lines = new ArrayList<>();
    lines.add("user root"); // else it gives up the right to read the test's files
    lines.add("persistence true");
    lines.add("persistence_location " + folder + "/");
    lines.add("log_dest stderr");
    lines.add("listener " + port + " 127.0.0.1");
    if (options.stream().noneMatch(option -> option.startsWith("allow_anonymous"))) {
      lines.add("allow_anonymous true");
    }
    lines.addAll(options);
    return lines;
  }

  /** Ends it with SIGKILL and waits for that. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns its port. */
  public int port() {
    return port;
  }

  /** Returns its address. */
  public URI uri() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  /** Returns what it logged. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("mosquitto.log"));
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
