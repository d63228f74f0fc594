package org.earshot.agent.health;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the device is ready, alive or stopping, by {@code systemd-notify}: Java has no
 * datagram sockets of the Unix domain.
 *
 * <p>Life is told only while {@code alive} says so: a device whose detection stands still is
 * restarted by systemd. Does nothing where systemd did not ask for it ({@code NOTIFY_SOCKET},
 * {@code WATCHDOG_USEC}: sd_notify(3), sd_watchdog_enabled(3)). One thread, {@code watchdog}.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** Says something to systemd. */
  @FunctionalInterface
  interface Notifier {
    void notify(String state) throws IOException, InterruptedException;
  }

  private final Notifier notifier;
  private final BooleanSupplier alive;
  private final long intervalMillis; // 0: no watchdog
  private final Thread thread;

  private Watchdog(Notifier notifier, long intervalMillis, BooleanSupplier alive) {
    this.notifier = notifier;
    this.intervalMillis = intervalMillis;
    this.alive = alive;
    this.thread = new Thread(this::run, "watchdog");
    thread.setDaemon(true);
  }

  /** Begins to tell systemd, if it asked to be told. */
  public static Watchdog start(Map<String, String> environment, BooleanSupplier alive) {
    boolean asked = environment.containsKey("NOTIFY_SOCKET");
    return start(environment, asked ? Watchdog::run : state -> {}, alive);
  }

  static Watchdog start(Map<String, String> environment, Notifier notifier, BooleanSupplier alive) {
    Watchdog watchdog = new Watchdog(notifier, intervalMillis(environment), alive);
    watchdog.tell("READY=1");
    watchdog.thread.start();
    return watchdog;
  }

  /** Half of what systemd allows, as sd_watchdog_enabled(3) recommends; 0 where it does not ask. */
  static long intervalMillis(Map<String, String> environment) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return micros.matches("[1-9][0-9]{3,17}") ? Long.parseLong(micros) / 2000 : 0;
  }

  private void run() {
    try {
      while (intervalMillis > 0) {
        if (alive.getAsBoolean()) {
          tell("WATCHDOG=1");
        }
        Thread.sleep(intervalMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String state) {
    try {
      notifier.notify(state);
    } catch (IOException e) {
      LOG.warn("systemd could not be told {}: {}", state, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String state) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("systemd-notify", state))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("systemd-notify did not end within 10 s");
    }
    if (process.exitValue() != 0) {
      throw new IOException("systemd-notify ended with status " + process.exitValue());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    tell("STOPPING=1");
  }
}
