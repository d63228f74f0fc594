package org.earshot.cloud.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An MQTT 5 broker within the process, on the loopback interface, for demonstrations and trying
 * out; not for a home: it forgets everything when it ends and asks nobody for a password.
 *
 * <p>Apache ActiveMQ Artemis, since Moquette 0.17 refuses MQTT 5 (ADR 0020).
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final int port;

  /**
   * Starts a broker.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public EmbeddedBroker(int port) throws IOException {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    this.port = port == 0 ? freePort() : port;
    Configuration configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .setGracefulShutdownEnabled(false)
            .addAcceptorConfiguration(
                new TransportConfiguration(
                    NettyAcceptorFactory.class.getName(),
                    Map.of("host", host, "port", this.port, "protocols", "MQTT"),
                    "mqtt"))
            .addAddressSetting(
                "#",
                new AddressSettings()
                    .setAutoDeleteAddresses(false)
                    .setDeadLetterAddress(SimpleString.of("dead"))
                    .setExpiryAddress(SimpleString.of("expired")));
    broker.setConfiguration(configuration);
    try {
      broker.start();
    } catch (Exception e) { // of no narrower type
      throw new IOException("the broker cannot start on port " + this.port, e);
    }
    if (!broker.getActiveMQServer().isActive()) { // it only logs that its acceptor failed
      close();
      throw new IOException("port " + this.port + " is taken; choose another");
    }
  }

  /** Artemis does not say which port it got: one that was free a moment ago. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns the port that it listens on. */
  public int port() {
    return port;
  }

  /** Returns its address for MQTT clients. */
  public String url() {
    return "mqtt://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    try {
      broker.stop();
    } catch (Exception e) { // of no narrower type
      throw new IllegalStateException("the broker did not stop", e);
    }
  }
}
