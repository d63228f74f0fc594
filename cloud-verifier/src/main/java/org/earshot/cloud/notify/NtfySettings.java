package org.earshot.cloud.notify;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A topic of an ntfy server.
 *
 * @param name of the channel
 * @param server https, or http on the loopback, without the topic; default https://ntfy.sh
 * @param topic 1 to 64 letters, digits, {@code _}, {@code -}; no default. Without access rules on
 *     the server whoever knows it reads along
 * @param allowPlainHttp whether http to other machines is allowed; default no
 * @param clip whether the clip is uploaded and attached; default yes on a server of one's own, no
 *     on ntfy.sh, where anybody who knows the address could hear it ({@link #keepsClips})
 * @param patience for each exchange, 1 to 30 s; default 20 s
 */
public record NtfySettings(
    String name,
    URI server,
    String topic,
    boolean allowPlainHttp,
    boolean clip,
    Duration patience) {
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String PUBLIC_SERVER = "ntfy.sh";

  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public NtfySettings {
    ChannelScope.checkName(name);
    Addresses.web("ntfy server", server, allowPlainHttp);
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "the ntfy topic has 1 to 64 letters, digits, '_' and '-', and nothing else");
    }
    CourierSettings.within("patience", patience, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /** Returns the settings with defaults. */
  public static NtfySettings of(String name, URI server, String topic) {
    return new NtfySettings(name, server, topic, false, keepsClips(server), Duration.ofSeconds(20));
  }

  /** Returns whether clips may be uploaded unless somebody says otherwise. */
  public static boolean keepsClips(URI server) {
    return !PUBLIC_SERVER.equalsIgnoreCase(server.getHost());
  }

  URI address() {
    String base = server.toString();
    return URI.create(base + (base.endsWith("/") ? "" : "/") + topic);
  }

  /** Does not show the topic, which is often the only secret. */
  @Override
  public String toString() {
    return "NtfySettings[" + name + ", " + server.getHost() + "]";
  }
}
