package org.earshot.testing;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.reactivex.schedulers.Schedulers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of a test that keeps what it hears, in order. */
public final class MqttReader implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;

  private final Mqtt5BlockingClient client;
  private final List<Received> received = new ArrayList<>(); // guarded by itself
  private boolean ended; // guarded by received

  /** What came. */
  public record Received(String topic, byte[] payload, boolean retained) {
    /** Returns the payload as text. */
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /** Connects and subscribes with QoS 0: what the broker sends is not kept back by it. */
  public MqttReader(int port, String... topics) {
    this(port, null, null, topics);
  }

  /** Connects with a login or over TLS, either of which may be null, and subscribes. */
  public MqttReader(int port, MqttClientSslConfig tls, String user, String... topics) {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(port)
            .executorConfig()
            .applicationScheduler(Schedulers.trampoline()) // what was read is kept before an end
            .applyExecutorConfig()
            .addDisconnectedListener(context -> ended());
    if (tls != null) {
      builder = builder.sslConfig(tls);
    }
    if (user != null) {
      byte[] password = user.getBytes(StandardCharsets.UTF_8);
      builder = builder.simpleAuth().username(user).password(password).applySimpleAuth();
    }
    client = builder.buildBlocking();
    Mqtt5AsyncClient async = client.toAsync();
    async.publishes(MqttGlobalPublishFilter.ALL, this::keep);
    client.connect();
    subscribe(topics);
  }

  /** Subscribes to more. */
  public void subscribe(String... topics) {
    for (String topic : topics) {
      var unused = client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_MOST_ONCE).send();
    }
  }

  private void keep(Mqtt5Publish message) {
    synchronized (received) {
      received.add(
          new Received(
              message.getTopic().toString(), message.getPayloadAsBytes(), message.isRetain()));
      received.notifyAll();
    }
  }

  private void ended() {
    synchronized (received) {
      ended = true;
      received.notifyAll();
    }
  }

  /** Waits until the connection has ended, with all that was sent on it read. */
  public List<Received> awaitEnd() {
    return await("the end of the connection", all -> ended);
  }

  /** Publishes with QoS 1 and waits for the broker. */
  public void publish(String topic, byte[] payload, boolean retain) {
    var unused =
        client
            .publishWith()
            .topic(topic)
            .payload(payload)
            .qos(MqttQos.AT_LEAST_ONCE)
            .retain(retain)
            .send();
  }

  /** Returns what came so far. */
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** Waits until what came fits, and returns it. */
  public List<Received> await(String what, Predicate<List<Received>> fits) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    synchronized (received) {
      try {
        while (!fits.test(List.copyOf(received))) {
          long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (millis <= 0) {
            throw new AssertionError(
                "did not come: "
                    + what
                    + "; came: "
                    + received.stream().map(Received::topic).toList());
          }
          received.wait(millis);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      return List.copyOf(received);
    }
  }

  /** Waits for a message on a topic that fits, and returns the first. */
  public Received awaitOn(String topic, Predicate<Received> fits) {
    Predicate<Received> both = message -> message.topic().equals(topic) && fits.test(message);
    return await("a message on " + topic, all -> all.stream().anyMatch(both)).stream()
        .filter(both)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    if (client.getState().isConnected()) {
      client.disconnect();
    }
  }
}
