package org.earshot.cloud.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A web server of a test's own: answers as planned, then with 200, and keeps what it was asked. */
public final class WebServer implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;

  /** What it was asked. */
  public record Request(String method, String path, Headers headers, byte[] body) {
    /** Returns a header; null without one. */
    public String header(String name) {
      return headers.getFirst(name);
    }

    /** The fields of a JSON object; those of objects within it are left out. */
    public Map<String, String> json() {
      Map<String, String> fields = new HashMap<>();
      try (JsonParser parser = new JsonFactory().createParser(body)) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken().isStructStart()) {
            parser.skipChildren();
          } else {
            fields.put(name, parser.getText());
          }
        }
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + new String(body, StandardCharsets.UTF_8), e);
      }
      return fields;
    }
  }

  /** What it does with a request. */
  @FunctionalInterface
  public interface Answer {
    /** Answers. */
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> planned = new ArrayDeque<>(); // guarded by this
  private final List<Request> requests = new ArrayList<>(); // guarded by this
  private Answer usual = status(200); // guarded by this
  private final CountDownLatch end = new CountDownLatch(1);

  /** Starts it on a free port. */
  public WebServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns the address of a path. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** An answer with a status and headers: name, value, ... */
  static Answer status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** No answer before the test's end. */
  Answer never() {
    return exchange -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  synchronized WebServer plan(Answer... answers) {
    planned.addAll(List.of(answers));
    return this;
  }

  synchronized WebServer usually(Answer answer) {
    usual = answer;
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer;
      synchronized (this) {
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        requests.add(
            new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body));
        answer = planned.isEmpty() ? usual : planned.remove();
        notifyAll();
      }
      answer.to(exchange);
    }
  }

  /** Returns what it was asked so far. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  Request last() {
    List<Request> all = requests();
    return all.get(all.size() - 1);
  }

  /** Waits until what was asked fits. */
  public synchronized List<Request> await(Predicate<List<Request>> enough)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!enough.test(requests)) {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (leftMillis <= 0) {
        throw new AssertionError("not asked in time; so far " + requests.size() + " requests");
      }
      wait(leftMillis);
    }
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
