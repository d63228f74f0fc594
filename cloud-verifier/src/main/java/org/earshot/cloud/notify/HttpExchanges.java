package org.earshot.cloud.notify;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests over HTTP 1.1 within a time that covers everything, connecting and the last byte
 * of the answer included; reads at most 2 KiB of an answer, and follows no redirect.
 */
final class HttpExchanges {
  private static final int MAX_ANSWER_BYTES = 2048;
  // What asking again cannot mend. Others, such as 401 and 404, somebody may put right in time.
  private static final Set<Integer> HOPELESS = Set.of(400, 405, 406, 410, 411, 413, 414, 415, 422);

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body its beginning
   * @param retryAfter what the server asked for; null for nothing
   */
  record Answer(int status, String body, Duration retryAfter) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    Delivery delivery(String host) {
      if (isSuccess()) {
        return Delivery.delivered();
      }
      String reason = host + " answered " + status + remedy();
      return HOPELESS.contains(status)
          ? Delivery.refused(reason)
          : new Delivery.TryAgain(reason, retryAfter);
    }

    private String remedy() {
      return switch (status / 100) {
        case 3 -> ": redirects are not followed; configure the final address";
        case 4 ->
            switch (status) {
              case 401, 403 -> ": check the secret and its rights";
              case 404 -> ": check the address";
              case 429 -> ": too many requests";
              default -> "";
            };
        default -> "";
      };
    }
  }

  private final HttpClient client;
  private final Duration patience;
  private final Clock clock;

  HttpExchanges(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /** Sends; throws IOException with one line for people when there was no answer in time. */
  Answer send(HttpRequest request) throws IOException, InterruptedException {
    String host = request.uri().getHost();
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, response -> new Beginning());
    try {
      HttpResponse<String> response = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body(), retryAfter(response.headers()));
    } catch (TimeoutException e) {
      throw new IOException(host + " did not answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage();
      throw new IOException(
          host + " cannot be reached (" + cause.getClass().getSimpleName() + detail + ")", cause);
    } finally {
      exchange.cancel(true); // nothing when it is done; else it ends the connection
    }
  }

  private Duration retryAfter(HttpHeaders headers) {
    return headers.firstValue("Retry-After").map(this::retryAfter).orElse(null);
  }

  private Duration retryAfter(String value) {
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
      Instant until = ZonedDateTime.parse(value, format).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The first bytes of an answer; the rest is not read. */
  private static final class Beginning implements HttpResponse.BodySubscriber<String> {
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final byte[] bytes = new byte[MAX_ANSWER_BYTES];
    private int length;
    private Flow.Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
      return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        int n = Math.min(buffer.remaining(), bytes.length - length);
        buffer.get(bytes, length, n);
        length += n;
      }
      if (length == bytes.length) {
        subscription.cancel();
        onComplete();
      } else {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable problem) {
      text.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
      text.complete(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }
  }
}
