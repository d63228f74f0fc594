package org.earshot.agent.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The MQTT broker.
 *
 * @param host name or address
 * @param port TCP port
 * @param tls whether the connection is encrypted
 * @param user null without one
 * @param passwordFile whose first line is the password; null without one
 * @param authority PEM file of the certificates to trust; null for the system's
 * @param certificate PEM file of the device's own certificate; null without one
 * @param key PEM file (PKCS 8) of its key; null without one
 * @param homeAssistant whether Home Assistant is told what this device is
 * @param unheardMinutes how long a message waits for somebody to subscribe; 0 for not at all
 */
public record BrokerConfig(
    String host,
    int port,
    boolean tls,
    String user,
    Path passwordFile,
    Path authority,
    Path certificate,
    Path key,
    boolean homeAssistant,
    int unheardMinutes) {

  private static final int PORT = 1883; // IANA: mqtt
  private static final int TLS_PORT = 8883; // IANA: secure-mqtt
  private static final int UNHEARD_MINUTES = 60;
  private static final int MOST_UNHEARD_MINUTES = 7 * 24 * 60;

  /** An address and nothing else. */
  public static BrokerConfig at(String url) throws ConfigException {
    Address address = Address.of(url);
    if (address == null) {
      throw new ConfigException("broker '" + url + "' cannot be used; write " + Address.FORM);
    }
    return new BrokerConfig(
        address.host,
        address.port,
        address.tls,
        null,
        null,
        null,
        null,
        null,
        true,
        UNHEARD_MINUTES);
  }

  /** The same broker at another address. */
  public BrokerConfig movedTo(String url) throws ConfigException {
    BrokerConfig other = at(url);
    return new BrokerConfig(
        other.host,
        other.port,
        other.tls,
        user,
        passwordFile,
        authority,
        certificate,
        key,
        homeAssistant,
        unheardMinutes);
  }

  /** Reads the table {@code [broker]}; null without a url. */
  public static BrokerConfig of(ConfigTable table) throws ConfigException {
    String url = table.text("url", null);
    Address address = url == null ? null : Address.of(url);
    if (url != null && address == null) {
      throw table.wrong("url", Address.FORM);
    }
    String user = table.text("user", null);
    Path password = path(table, "password_file");
    Path authority = path(table, "authority");
    Path certificate = path(table, "certificate");
    Path key = path(table, "key");
    boolean homeAssistant = table.flag("home_assistant", true);
    int unheardMinutes = table.number("unheard_minutes", UNHEARD_MINUTES, 0, MOST_UNHEARD_MINUTES);
    table.rejectOthers();
    if (address == null) {
      return null;
    }
    if (!address.tls && (authority != null || certificate != null || key != null)) {
      throw table.wrong("url", "mqtts://..., since certificates are given");
    }
    if ((certificate == null) != (key == null)) {
      throw table.wrong(certificate == null ? "certificate" : "key", "both certificate and key");
    }
    return new BrokerConfig(
        address.host,
        address.port,
        address.tls,
        user,
        password,
        authority,
        certificate,
        key,
        homeAssistant,
        unheardMinutes);
  }

  private static Path path(ConfigTable table, String key) throws ConfigException {
    String text = table.text(key, null);
    return text == null ? null : Path.of(text);
  }

  private record Address(String host, int port, boolean tls) {
    static final String FORM = "mqtt://HOST[:PORT] or mqtts://HOST[:PORT]";

    /** Null for what is no address of a broker. */
    static Address of(String url) {
      try {
        URI uri = new URI(url);
        boolean tls = "mqtts".equals(uri.getScheme());
        boolean plain = "mqtt".equals(uri.getScheme());
        boolean more =
            uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || !(uri.getPath() == null || uri.getPath().matches("/?"));
        if (!(tls || plain) || uri.getHost() == null || more || uri.getPort() > 65_535) {
          return null;
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? TLS_PORT : PORT;
        return new Address(uri.getHost(), port, tls);
      } catch (URISyntaxException e) {
        return null;
      }
    }
  }
}
