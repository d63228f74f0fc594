package org.earshot.cloud.ingest;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.verify.VerdictPublisher;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.event.VerdictMessage;
import org.earshot.uplink.BrokerAccess;

/**
 * Sends to devices: verdicts, and whatever else the process has to say, over one connection.
 *
 * <p>What is sent while the broker is away waits in memory, within a bound, and goes out when it is
 * back; beyond the bound it is dropped and counted. It is lost when the process ends before: the
 * history has every verdict. Thread-safe; nothing waits for the network but {@link #close}.
 */
public final class BrokerPublisher implements VerdictPublisher, AutoCloseable {
  private static final int MAX_WAITING = 4096;
  private static final long CLOSE_SECONDS = 5;
  private static final String LINK = "publisher";

  private final BrokerAccess access;
  private final CloudMetrics metrics;
  private final Health health;
  private final Mqtt5Connect connect;
  private final Mqtt5AsyncClient client;
  private final Semaphore room = new Semaphore(MAX_WAITING);

  /** The client keeps what is sent while it reconnects, and refuses it before it ever connected. */
  private final CompletableFuture<Void> everConnected = new CompletableFuture<>();

  private volatile boolean connected;
  private volatile boolean closing;
  private int failures; // on the network thread

  /** Makes a publisher; {@link #start} connects it. */
  public BrokerPublisher(
      String clientId, BrokerAccess access, CloudMetrics metrics, Health health) {
    this.access = access;
    this.metrics = metrics;
    this.health = health;
    connect = access.connect().cleanStart(true).sessionExpiryInterval(0).build();
    client =
        Links.client(access, clientId)
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
  }

  /** Starts to connect; once. */
  public void start() {
    var unused = client.connect(connect); // the listeners tell how it goes
  }

  @Override
  public void publish(String site, String device, VerdictMessage verdict) {
    var unused =
        publish(new Topics(site, device).verdict(), MessageCodec.toJson(verdict), null)
            .whenComplete(
                (done, error) -> {
                  if (error != null) {
                    metrics.unpublished();
                  }
                });
  }

  /**
   * Sends with QoS 1, not retained.
   *
   * @param expiry how long the broker may keep it for a device that is away; null for as long as it
   *     keeps the device's session
   * @return done when the broker has it; failed when it cannot be sent
   */
  public CompletableFuture<Void> publish(String topic, byte[] payload, Duration expiry) {
    if (closing || !room.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("the broker is away, and too much waits for it already"));
    }
    Mqtt5PublishBuilder.Complete message =
        Mqtt5Publish.builder().topic(topic).payload(payload).qos(MqttQos.AT_LEAST_ONCE);
    if (expiry != null) {
      message = message.messageExpiryInterval(Math.max(1, expiry.toSeconds()));
    }
    Mqtt5Publish built = message.build();
    return everConnected
        .thenCompose(ready -> client.publish(built))
        .handle(
            (result, error) -> {
              room.release();
              Throwable failure = error != null ? error : result.getError().orElse(null);
              if (failure != null) {
                throw new CompletionException(failure);
              }
              return null;
            });
  }

  /**
   * As {@link #publish(String, byte[], Duration)}, for what is right at this moment only: fails at
   * once while the broker is away.
   */
  public CompletableFuture<Void> publishNow(String topic, byte[] payload, Duration expiry) {
    return connected
        ? publish(topic, payload, expiry)
        : CompletableFuture.failedFuture(new IOException("no connection to the broker"));
  }

  /**
   * Subscribes with QoS 0 until {@link #unsubscribe}, also after the connection was lost.
   *
   * @param sink called on the network's thread with each payload; does not block
   */
  public CompletableFuture<Void> subscribe(String topic, Consumer<byte[]> sink) {
    if (!connected) {
      return CompletableFuture.failedFuture(new IOException("no connection to the broker"));
    }
    return client
        .subscribeWith()
        .topicFilter(topic)
        .qos(MqttQos.AT_MOST_ONCE)
        .callback(message -> sink.accept(message.getPayloadAsBytes()))
        .send()
        .thenApply(subscribed -> null);
  }

  /** Ends a subscription; nothing happens when there is none. */
  public void unsubscribe(String topic) {
    var unused = client.unsubscribeWith().topicFilter(topic).send();
  }

  private void connected() {
    connected = true;
    failures = 0;
    metrics.connected(LINK);
    health.well(Part.BROKER, LINK);
    everConnected.complete(null);
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (connected) {
      metrics.disconnected(LINK);
    }
    connected = false;
    var reconnector = ((Mqtt5ClientDisconnectedContext) context).getReconnector();
    if (closing) {
      reconnector.reconnect(false);
      return;
    }
    failures++;
    reconnector
        .reconnect(true)
        .delay(access.delayNanos(failures), TimeUnit.NANOSECONDS)
        .republishIfSessionExpired(true)
        .resubscribeIfSessionExpired(true)
        .connect(connect);
    health.problem(Part.BROKER, LINK, access.describe(context.getCause()));
  }

  /** Waits for what is on its way, at most some seconds, and ends the connection. */
  @Override
  public void close() {
    try {
      var unused = connected && room.tryAcquire(MAX_WAITING, CLOSE_SECONDS, TimeUnit.SECONDS);
      closing = true;
      client.disconnect().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // it was not connected
    }
  }
}
