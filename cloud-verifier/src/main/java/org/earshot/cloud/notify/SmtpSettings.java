package org.earshot.cloud.notify;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;

/**
 * A mail server and who gets mail.
 *
 * @param name of the channel
 * @param host of the server; no default
 * @param port 1 to 65535; default 465 with TLS, 587 with STARTTLS, 25 without
 * @param security how the connection is encrypted; default TLS. Without encryption only on the
 *     loopback
 * @param user for signing in; empty: does not sign in
 * @param from address of the sender
 * @param to addresses, 1 to 20
 * @param clip whether the clip is attached; default yes. What is in a mailbox cannot be called back
 * @param patience for connecting, for each answer and for each write, 1 to 30 s; default 15 s
 */
public record SmtpSettings(
    String name,
    String host,
    int port,
    Security security,
    String user,
    String from,
    List<String> to,
    boolean clip,
    Duration patience) {
  /** How a connection is encrypted. */
  public enum Security {
    /** From its first byte. */
    TLS,
    /** After a command, and never without. */
    STARTTLS,
    /** Not at all. */
    NONE
  }

  private static final int MAX_RECIPIENTS = 20;

  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public SmtpSettings {
    ChannelScope.checkName(name);
    to = List.copyOf(to);
    if (host.isBlank()) {
      throw new IllegalArgumentException("no mail server");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + "; wanted 1 to 65535");
    }
    if (security == Security.NONE && !Addresses.isLoopback(host)) {
      throw new IllegalArgumentException(
          "mail server '" + host + "' without encryption; use TLS or STARTTLS");
    }
    if (to.isEmpty() || to.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException(to.size() + " recipients; wanted 1 to " + MAX_RECIPIENTS);
    }
    address(from);
    to.forEach(SmtpSettings::address);
    CourierSettings.within("patience", patience, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  static InternetAddress address(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      address.validate();
      return address;
    } catch (AddressException e) {
      throw new IllegalArgumentException("mail address '" + text + "': " + e.getMessage(), e);
    }
  }
}
