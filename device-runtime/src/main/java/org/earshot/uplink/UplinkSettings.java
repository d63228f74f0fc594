package org.earshot.uplink;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the broker is, who the device is there, and how patiently it tries.
 *
 * @param broker {@code mqtt://host[:1883]} or {@code mqtts://host[:8883]}
 * @param clientId unique at the broker, 1 to 100 characters; clips use it with {@code -clips} after
 *     it
 * @param user null when the broker asks for none
 * @param password null when the broker asks for none
 * @param tls what TLS needs beyond the system's certificates; null for nothing, and with {@code
 *     mqtt}
 * @param keepAlive interval after which a silent connection is tested
 * @param sessionExpiry how long the broker keeps commands while the device is away
 * @param firstDelay before the first attempt to reconnect; doubled for each further one
 * @param longestDelay between attempts
 * @param patience with an acknowledgement, and with one second more for each 4 KiB of a clip
 * @param tries how often an item that the broker refuses is offered before it is set aside
 * @param unheardPatience how long a message that nobody subscribes to waits, a life-safety one
 *     {@value #LIFE_SAFETY_PATIENCE} times as long; zero: not at all
 */
public record UplinkSettings(
    URI broker,
    String clientId,
    String user,
    String password,
    TlsFiles tls,
    Duration keepAlive,
    Duration sessionExpiry,
    Duration firstDelay,
    Duration longestDelay,
    Duration patience,
    int tries,
    Duration unheardPatience) {
  /** How many times longer a life-safety message waits for somebody who listens. */
  static final int LIFE_SAFETY_PATIENCE = 24;

  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;
  private static final int MAX_CLIENT_ID = 100;

  /** Throws IllegalArgumentException that says which setting is wrong and what is wanted. */
  public UplinkSettings {
    String scheme = broker.getScheme();
    boolean encrypted = "mqtts".equals(scheme);
    if ((!encrypted && !"mqtt".equals(scheme)) || broker.getHost() == null) {
      throw new IllegalArgumentException(
          "broker '" + withoutLogin(broker) + "' is not mqtt://host:1883 or mqtts://host:8883");
    }
    if (broker.getUserInfo() != null || !"".equals(Objects.requireNonNullElse(path(broker), ""))) {
      throw new IllegalArgumentException(
          "broker '" + withoutLogin(broker) + "': set user and password apart, and no path");
    }
    if (clientId.isEmpty() || clientId.length() > MAX_CLIENT_ID) {
      throw new IllegalArgumentException("clientId is not 1 to " + MAX_CLIENT_ID + " characters");
    }
    if (password != null && user == null) {
      throw new IllegalArgumentException("there is a password and no user");
    }
    if (tls != null && !encrypted) {
      throw new IllegalArgumentException(
          "TLS files are given but broker '" + broker + "' is not mqtts://");
    }
    if (firstDelay.isNegative() || firstDelay.isZero() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "delays " + firstDelay + " to " + longestDelay + " are not positive and rising");
    }
    if (keepAlive.isNegative()
        || sessionExpiry.isNegative()
        || patience.toMillis() < 1
        || unheardPatience.isNegative()) {
      throw new IllegalArgumentException(
          "keepAlive, sessionExpiry, patience or unheardPatience is negative");
    }
    if (tries < 1) {
      throw new IllegalArgumentException("tries is " + tries + ", wanted at least 1");
    }
  }

  /** Returns the usual settings for a broker without login. */
  public static UplinkSettings to(URI broker, String clientId) {
    return new UplinkSettings(
        broker,
        clientId,
        null,
        null,
        null,
        Duration.ofSeconds(30),
        Duration.ofDays(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        8,
        Duration.ofHours(1));
  }

  /** Returns these settings with a login. */
  public UplinkSettings withLogin(String newUser, String newPassword) {
    return with(
        newUser, newPassword, tls, firstDelay, longestDelay, patience, tries, unheardPatience);
  }

  /** Returns these settings with certificates. */
  public UplinkSettings withTls(TlsFiles files) {
    return with(user, password, files, firstDelay, longestDelay, patience, tries, unheardPatience);
  }

  /** Returns these settings with other delays between attempts to connect. */
  public UplinkSettings withDelays(Duration first, Duration longest) {
    return with(user, password, tls, first, longest, patience, tries, unheardPatience);
  }

  /** Returns these settings with another patience and number of tries. */
  public UplinkSettings withPatience(Duration newPatience, int newTries) {
    return with(
        user, password, tls, firstDelay, longestDelay, newPatience, newTries, unheardPatience);
  }

  /** Returns these settings with another patience with messages that nobody subscribes to. */
  public UplinkSettings withUnheardPatience(Duration newPatience) {
    return with(user, password, tls, firstDelay, longestDelay, patience, tries, newPatience);
  }

  private UplinkSettings with(
      String newUser,
      String newPassword,
      TlsFiles newTls,
      Duration newFirstDelay,
      Duration newLongestDelay,
      Duration newPatience,
      int newTries,
      Duration newUnheardPatience) {
    return new UplinkSettings(
        broker,
        clientId,
        newUser,
        newPassword,
        newTls,
        keepAlive,
        sessionExpiry,
        newFirstDelay,
        newLongestDelay,
        newPatience,
        newTries,
        newUnheardPatience);
  }

  /** Returns whether the connection is encrypted. */
  public boolean isEncrypted() {
    return "mqtts".equals(broker.getScheme());
  }

  /** Returns the broker's port. */
  public int port() {
    if (broker.getPort() >= 0) {
      return broker.getPort();
    }
    return isEncrypted() ? TLS_PORT : PORT;
  }

  /** Returns the broker for people: no password is in it. */
  String address() {
    return broker.getScheme() + "://" + broker.getHost() + ":" + port();
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "UplinkSettings[" + address() + ", clientId=" + clientId + ", user=" + user + "]";
  }

  private static String path(URI broker) {
    return "/".equals(broker.getPath()) ? "" : broker.getPath();
  }

  private static String withoutLogin(URI broker) {
    return broker.toString().replaceAll("//[^/]*@", "//...@");
  }
}
