package org.earshot.cloud.notify;

import java.net.URI;
import java.time.Duration;

/**
 * A webhook.
 *
 * @param name of the channel
 * @param url https, or http on the loopback; no default
 * @param allowPlainHttp whether http to other machines is allowed; default no
 * @param clip whether the clip is in the message, as base64 of FLAC; default no
 * @param patience for the whole exchange, 1 to 30 s; default 15 s
 */
public record WebhookSettings(
    String name, URI url, boolean allowPlainHttp, boolean clip, Duration patience) {
  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public WebhookSettings {
    ChannelScope.checkName(name);
    Addresses.web("webhook", url, allowPlainHttp);
    CourierSettings.within("patience", patience, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /** Returns the settings with defaults. */
  public static WebhookSettings of(String name, URI url) {
    return new WebhookSettings(name, url, false, false, Duration.ofSeconds(15));
  }

  /** Shows the host only: the path of a webhook's address is often a secret. */
  @Override
  public String toString() {
    return "WebhookSettings[" + name + ", " + url.getHost() + "]";
  }
}
