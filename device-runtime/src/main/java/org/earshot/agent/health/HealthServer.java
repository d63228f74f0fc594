package org.earshot.agent.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves {@code /health} and {@code /metrics} on the loopback interface only.
 *
 * <p>{@code /health} answers 200 while every microphone hears and 503 otherwise, always with JSON
 * that says why. A broker that is away does not make it 503: the device still listens, and a
 * restart would not help.
 */
public final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Starts serving.
   *
   * @param port 0 for any free one
   * @param status asked for at each request, from the server's own thread
   * @throws IOException naming the port when it is taken
   */
  public HealthServer(int port, Supplier<DeviceStatus> status) throws IOException {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
    } catch (IOException e) {
      throw new IOException(
          "health: port "
              + port
              + " cannot be used ("
              + e.getMessage()
              + "); set another in"
              + " [health] port, or 0 for none",
          e);
    }
    threads =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "health");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    page("/health", "application/json", status, HealthPages::health, true);
    page("/metrics", OpenMetrics.CONTENT_TYPE, status, HealthPages::metrics, false);
    server.start();
  }

  private void page(
      String path,
      String type,
      Supplier<DeviceStatus> source,
      Function<DeviceStatus, String> page,
      boolean judges) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              answer(exchange, 404, "text/plain", "not here; ask for /health or /metrics\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
              exchange.getResponseHeaders().set("Allow", "GET");
              answer(exchange, 405, "text/plain", "only GET\n");
            } else {
              DeviceStatus status = source.get();
              int code = judges && !status.isListening() ? 503 : 200;
              answer(exchange, code, type, page.apply(status));
            }
          }
        });
  }

  private static void answer(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Returns the port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
