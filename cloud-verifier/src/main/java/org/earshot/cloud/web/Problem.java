package org.earshot.cloud.web;

import java.time.Duration;

/** What a request is answered when it cannot be done; becomes {@code application/problem+json}. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final long retryAfterSeconds; // 0: says nothing

  private Problem(int status, String title, String detail, long retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail, 0);
  }

  static Problem signedOut() {
    return new Problem(401, "Signed out", "sign in first", 0);
  }

  static Problem wrongPassword() {
    return new Problem(403, "Not right", "this name and password do not belong together", 0);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "Not allowed", detail, 0);
  }

  /** The same for what is not there and for what is another's. */
  static Problem notFound() {
    return new Problem(404, "Not found", "there is no such thing here", 0);
  }

  static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail, 0);
  }

  static Problem tooLarge(long limitBytes) {
    return new Problem(413, "Too large", "a request has at most " + limitBytes + " bytes", 0);
  }

  static Problem notJson() {
    return new Problem(415, "Not JSON", "send application/json", 0);
  }

  static Problem tooMany(Duration wait) {
    long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
    return new Problem(429, "Too many tries", "try again in " + seconds + " seconds", seconds);
  }

  static Problem unavailable(String detail) {
    return new Problem(503, "Not available", detail, 0);
  }

  static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, 0);
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
