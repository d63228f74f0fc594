package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small acts on a request and its answer. */
final class Http {
  /** Bound of a request's body; the largest is a list of 500 events to delete. */
  static final int MAX_BODY_BYTES = 64 * 1024;

  private static final long MAX_BODY_NANOS = Duration.ofSeconds(15).toNanos();

  private Http() {}

  /** The body as JSON; throws a {@link Problem} when it is too large or something else. */
  static JsonBody body(Context context) throws IOException {
    return JsonBody.parse(bytes(context));
  }

  static byte[] bytes(Context context) throws IOException {
    String type = context.contentType();
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw Problem.notJson();
    }
    if (context.req().getContentLengthLong() > MAX_BODY_BYTES) {
      throw Problem.tooLarge(MAX_BODY_BYTES);
    }
    return read(context.req().getInputStream());
  }

  /** Whoever sends a byte now and then must not keep a thread for long. */
  private static byte[] read(InputStream in) throws IOException {
    long end = System.nanoTime() + MAX_BODY_NANOS;
    byte[] body = new byte[MAX_BODY_BYTES + 1];
    int length = 0;
    while (length < body.length) {
      int read = in.read(body, length, body.length - length);
      if (read < 0) {
        return Arrays.copyOf(body, length);
      }
      length += read;
      if (System.nanoTime() - end > 0) {
        throw Problem.of(408, "Too slow", "the request took too long to arrive");
      }
    }
    throw Problem.tooLarge(MAX_BODY_BYTES);
  }

  static void json(Context context, int status, Object value) {
    context.status(status).contentType("application/json; charset=utf-8");
    context.result(Json.bytes(value));
  }

  static void problem(Context context, Problem problem) {
    Map<String, Object> body =
        Json.object(
            "type",
            "about:blank",
            "title",
            problem.title(),
            "status",
            problem.status(),
            "detail",
            problem.getMessage());
    if (problem.retryAfterSeconds() > 0) {
      context.header("Retry-After", Long.toString(problem.retryAfterSeconds()));
    }
    context.status(problem.status()).contentType("application/problem+json; charset=utf-8");
    context.result(Json.bytes(body));
  }

  /** Sends a file, or the part of it that was asked for. */
  static void file(Context context, byte[] file, String contentType) {
    context.contentType(contentType).header("Accept-Ranges", "bytes");
    ByteRange range;
    try {
      range = ByteRange.parse(context.header("Range"), file.length);
    } catch (ByteRange.UnsatisfiableException e) {
      context.header("Content-Range", "bytes */" + file.length);
      throw Problem.of(416, "Range not satisfiable", "the file has " + file.length + " bytes");
    }
    if (range == null) {
      context.result(file);
      return;
    }
    byte[] part = new byte[range.length()];
    System.arraycopy(file, range.first(), part, 0, part.length);
    context
        .status(206)
        .header("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + file.length)
        .result(part);
  }

  /** All values of a query parameter, at most so many. */
  static List<String> values(Context context, String name, int most) {
    List<String> values = context.queryParams(name);
    if (values.size() > most) {
      throw Problem.badRequest("'" + name + "' stands more than " + most + " times");
    }
    return values;
  }
}
