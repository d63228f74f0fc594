package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP as a browser does: keeps cookies, names its origin, sends the page's token. */
public final class Browser {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern CSRF = Pattern.compile("\"csrfToken\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String address;

  /** What it keeps, by name; tests change it. */
  public final Map<String, String> cookies = new TreeMap<>();

  final Map<String, String> headers = new TreeMap<>();
  String origin;

  /** Of the page that it has loaded; tests change it. */
  public String csrf;

  /** One without cookies, at a server. */
  public Browser(String address) {
    this.address = address;
    this.origin = address;
  }

  /** An answer. */
  public record Reply(HttpResponse<byte[]> response) {
    /** Returns its status. */
    public int status() {
      return response.statusCode();
    }

    /** Returns its body as text. */
    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Returns its body. */
    public byte[] bytes() {
      return response.body();
    }

    /** Returns a header; empty without one. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Fails unless it has that status, and the form of a problem where it is one. */
    public Reply mustBe(int status) {
      assertThat(status()).as("%s: %s", response.uri(), text()).isEqualTo(status);
      if (status >= 400) {
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        assertThat(text()).contains("\"status\":" + status);
      }
      return this;
    }
  }

  /** Makes the first account. */
  public Reply setUp(String code, String name, String password, String site) throws Exception {
    get("/session");
    return learn(
        post(
            "/setup",
            "{\"code\":\"%s\",\"name\":\"%s\",\"password\":\"%s\",\"site\":\"%s\"}"
                .formatted(code, name, password, site)));
  }

  /** Signs in. */
  public Reply signIn(String name, String password) throws Exception {
    get("/session");
    return learn(
        post("/session", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password)));
  }

  /** Asks the API. */
  public Reply get(String path) throws Exception {
    Reply reply = send("GET", "/api/v1" + path, null);
    return path.equals("/session") ? learn(reply) : reply;
  }

  /** Asks the API. */
  public Reply post(String path, String json) throws Exception {
    return send("POST", "/api/v1" + path, json);
  }

  /** Asks the API. */
  public Reply put(String path, String json) throws Exception {
    return send("PUT", "/api/v1" + path, json);
  }

  /** Asks the API. */
  public Reply delete(String path) throws Exception {
    return send("DELETE", "/api/v1" + path, null);
  }

  /** A request by its whole path. */
  public Reply send(String method, String path, String json) throws Exception {
    HttpResponse<byte[]> response =
        client.send(request(method, path, json), BodyHandlers.ofByteArray());
    keep(response);
    return new Reply(response);
  }

  /** A request whose answer goes on. */
  public HttpResponse<InputStream> open(String method, String path, String json) throws Exception {
    return client.send(request(method, "/api/v1" + path, json), BodyHandlers.ofInputStream());
  }

  private HttpRequest request(String method, String path, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    if (!cookies.isEmpty()) {
      StringBuilder line = new StringBuilder();
      cookies.forEach(
          (name, value) ->
              line.append(line.isEmpty() ? "" : "; ").append(name).append('=').append(value));
      request.header("Cookie", line.toString());
    }
    if (!method.equals("GET")) {
      if (origin != null) {
        request.header("Origin", origin);
      }
      if (csrf != null) {
        request.header("X-CSRF-Token", csrf);
      }
    }
    if (json != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return request
        .method(
            method,
            json == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  private void keep(HttpResponse<?> response) {
    for (String line : response.headers().allValues("Set-Cookie")) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      if (line.contains("Max-Age=0")) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
  }

  private Reply learn(Reply reply) {
    Matcher token = CSRF.matcher(reply.text());
    if (token.find()) {
      csrf = token.group(1);
    }
    return reply;
  }
}
