package org.earshot.cloud.notify;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Clock;
import org.earshot.cloud.store.ClipStore;

/**
 * Posts each notice as signed JSON to an address (docs/notifications.md).
 *
 * <p>A withdrawal is posted too; what the receiver then does is its own affair. Thread-safe.
 */
public final class WebhookChannel implements Channel {
  private final WebhookSettings settings;
  private final Secret secret;
  private final ClipFiles clips;
  private final Clock clock;
  private final HttpExchanges http;

  /** Makes a channel; the secret signs. */
  public WebhookChannel(WebhookSettings settings, Secret secret, ClipStore clips, Clock clock) {
    this.settings = settings;
    this.secret = secret;
    this.clips = new ClipFiles(clips);
    this.clock = clock;
    http = new HttpExchanges(settings.patience(), clock);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Delivery deliver(Notice notice) throws InterruptedException {
    byte[] clip = settings.clip() ? clips.flac(notice).orElse(null) : null;
    byte[] body = NoticeJson.of(notice, clip);
    long now = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(settings.url())
            .header("Content-Type", "application/json")
            .header("User-Agent", "earshot")
            .header("Idempotency-Key", notice.idempotencyKey())
            .header(WebhookSignature.HEADER, WebhookSignature.of(secret, now, body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request).delivery(settings.url().getHost());
    } catch (IOException e) {
      return Delivery.tryAgain(e.getMessage());
    }
  }
}
