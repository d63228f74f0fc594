package org.earshot.agent.listen;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.uplink.TlsFiles;
import org.earshot.uplink.UplinkSettings;

/** The uplink's settings, out of the configuration; for whoever speaks to the broker. */
public final class BrokerSetup {
  private BrokerSetup() {}

  /**
   * Returns how the broker is reached.
   *
   * @throws IOException when the file of the password cannot be used
   */
  public static UplinkSettings settings(BrokerConfig broker, String clientId) throws IOException {
    UplinkSettings settings =
        UplinkSettings.to(URI.create(address(broker)), clientId)
            .withUnheardPatience(Duration.ofMinutes(broker.unheardMinutes()));
    if (broker.authority() != null || broker.certificate() != null) {
      settings =
          settings.withTls(
              new TlsFiles(broker.authority(), broker.certificate(), broker.key(), null));
    }
    if (broker.user() != null) {
      settings = settings.withLogin(broker.user(), password(broker.passwordFile()));
    }
    return settings;
  }

  static String address(BrokerConfig broker) {
    return (broker.tls() ? "mqtts://" : "mqtt://") + broker.host() + ':' + broker.port();
  }

  private static String password(Path file) throws IOException {
    if (file == null) {
      return null;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IOException("[broker] password_file " + file + " cannot be read", e);
    }
    if (lines.isEmpty() || lines.get(0).isEmpty()) {
      throw new IOException("[broker] password_file " + file + ": its first line is empty");
    }
    return lines.get(0);
  }
}
