package org.earshot.uplink;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes clients of one broker as {@link UplinkSettings} say: address, TLS, login, delays between
 * attempts, and what an error means to people.
 *
 * <p>For whoever speaks to the broker, on the device and behind it. TLS files are read once, when
 * it is made. Thread-safe as far as the source of random numbers is.
 */
public final class BrokerAccess {
  private final UplinkSettings settings;
  private final MqttClientSslConfig ssl; // null without TLS
  private final Backoff backoff;

  /**
   * Reads what TLS needs.
   *
   * @param random varies the delays
   * @throws IOException when a TLS file cannot be used
   */
  public BrokerAccess(UplinkSettings settings, RandomGenerator random) throws IOException {
    ClientLibrary.configure();
    this.settings = settings;
    ssl = settings.isEncrypted() ? ssl(settings.tls()) : null;
    backoff = new Backoff(settings.firstDelay(), settings.longestDelay(), random);
  }

  /** The broker's name is checked: that is what the client does when no verifier is given. */
  private static MqttClientSslConfig ssl(TlsFiles files) throws IOException {
    if (files == null) {
      return MqttClientSslConfig.builder().build();
    }
    return MqttClientSslConfig.builder()
        .trustManagerFactory(TlsMaterial.trust(files))
        .keyManagerFactory(TlsMaterial.identity(files))
        .build();
  }

  /** Returns the beginning of a client with address and TLS. */
  public Mqtt5ClientBuilder client(String clientId) {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .serverHost(settings.broker().getHost())
            .serverPort(settings.port());
    return ssl == null ? builder : builder.sslConfig(ssl);
  }

  /**
   * Returns the beginning of a connection with login and keep-alive. A client that reconnects must
   * be given it again: those of its builder are not used then.
   */
  public Mqtt5ConnectBuilder connect() {
    Mqtt5ConnectBuilder connect =
        Mqtt5Connect.builder().keepAlive((int) Math.min(settings.keepAlive().toSeconds(), 0xffff));
    if (settings.user() == null) {
      return connect;
    }
    String password = settings.password() == null ? "" : settings.password();
    return connect
        .simpleAuth()
        .username(settings.user())
        .password(password.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth();
  }

  /**
   * Hands every message to a sink, on the client's thread, for as long as the client is.
   *
   * <p>A client forgets who listens when its session ends, be it that the broker lost it: messages
   * of the next session would reach nobody. So the sink is made to listen again.
   *
   * @param acknowledges whether the sink acknowledges each message itself
   */
  public static void listen(
      Mqtt5AsyncClient client, boolean acknowledges, Consumer<Mqtt5Publish> sink) {
    var unused =
        client
            .toRx()
            .publishes(MqttGlobalPublishFilter.ALL, acknowledges)
            .subscribe(sink::accept, ended -> listen(client, acknowledges, sink));
  }

  /** Returns the delay before the next attempt after this many failures in a row, from 1. */
  public long delayNanos(int failures) {
    return backoff.delayNanos(failures);
  }

  /** Returns in one line what an error of a connection means and what to do. */
  public String describe(Throwable cause) {
    return Causes.describe(cause, settings);
  }

  /** Returns the broker for people: no password is in it. */
  public String address() {
    return settings.address();
  }
}
