package org.earshot.cloud.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the history page is served.
 *
 * @param host address to listen on; default 127.0.0.1, so that only a reverse proxy on the same
 *     machine reaches it
 * @param port 0 (any free one) to 65535; default 8480
 * @param publicUrl what people type, such as {@code https://earshot.example}: scheme, host and port
 *     only; empty: what the request says. With https cookies are for TLS only
 * @param trustedProxies addresses or networks (10.0.0.0/8) whose X-Forwarded-For, -Proto and -Host
 *     are believed; default none
 * @param sessionIdle unused sessions end after; 5 min to 90 days; default 14 days
 * @param sessionLimit all sessions end after; at least sessionIdle, to 365 days; default 60 days
 * @param setupCodeFile where the first run's code is written, readable by its owner only; null: to
 *     the log
 * @param metricsToken with which others than this machine may read {@code /metrics}, at least 16
 *     characters; empty: only this machine may
 * @param clipPreRoll how much of a clip lies before its event, as devices are configured; default 3
 *     s
 * @param changePoll how often the history is asked for changes while somebody watches; 100 ms to 10
 *     s; default 500 ms
 * @param maxViewers pages that watch at a time, in this process; 1 to 10000; default 500
 * @param threads that serve requests; 8 to 256; default 32
 */
public record WebSettings(
    String host,
    int port,
    String publicUrl,
    List<String> trustedProxies,
    Duration sessionIdle,
    Duration sessionLimit,
    Path setupCodeFile,
    String metricsToken,
    Duration clipPreRoll,
    Duration changePoll,
    int maxViewers,
    int threads) {
  /** Default of the port. */
  public static final int PORT = 8480;

  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public WebSettings {
    trustedProxies = List.copyOf(trustedProxies);
    trustedProxies.forEach(Network::parse);
    check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    check(
        publicUrl.isEmpty() || isOrigin(publicUrl), "public_url", publicUrl, "as in https://host");
    checkBetween("session_idle", sessionIdle, Duration.ofMinutes(5), Duration.ofDays(90));
    checkBetween("session_limit", sessionLimit, sessionIdle, Duration.ofDays(365));
    check(
        metricsToken.isEmpty() || metricsToken.length() >= 16,
        "metrics_token",
        metricsToken.length() + " characters",
        "at least 16");
    checkBetween("clip_pre_roll", clipPreRoll, Duration.ZERO, Duration.ofMinutes(10));
    checkBetween("change_poll", changePoll, Duration.ofMillis(100), Duration.ofSeconds(10));
    check(maxViewers >= 1 && maxViewers <= 10_000, "max_viewers", maxViewers, "1 to 10000");
    check(threads >= 8 && threads <= 256, "threads", threads, "8 to 256");
  }

  /** Returns the defaults, on a port. */
  public static WebSettings standard(int port) {
    return new WebSettings(
        "127.0.0.1",
        port,
        "",
        List.of(),
        Duration.ofDays(14),
        Duration.ofDays(60),
        null,
        "",
        Duration.ofSeconds(3),
        Duration.ofMillis(500),
        500,
        32);
  }

  /** Returns the same at another public address. */
  public WebSettings at(String url) {
    return new WebSettings(
        host,
        port,
        url,
        trustedProxies,
        sessionIdle,
        sessionLimit,
        setupCodeFile,
        metricsToken,
        clipPreRoll,
        changePoll,
        maxViewers,
        threads);
  }

  private static boolean isOrigin(String url) {
    try {
      URI uri = URI.create(url);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && url.equals(uri.getScheme() + "://" + uri.getRawAuthority())
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void checkBetween(String name, Duration value, Duration least, Duration most) {
    check(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        name,
        value,
        least + " to " + most);
  }

  private static void check(boolean holds, String name, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", wanted " + wanted);
    }
  }

  @Override
  public String toString() {
    return "WebSettings[" + host + ":" + port + ", " + publicUrl + "]";
  }
}
