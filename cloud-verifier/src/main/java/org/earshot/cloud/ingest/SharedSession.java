package org.earshot.cloud.ingest;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientConnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.uplink.BrokerAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session at the broker with one shared subscription, whose messages are acknowledged when they
 * are stored.
 *
 * <p>It outlives its connection, which comes back by itself, with delays that grow. One that is
 * taken over from a worker that is gone subscribes to nothing and ends its subscription, so that it
 * brings what lies there and nothing new. Once it is taken over, it stays away: its messages go
 * elsewhere now. Thread-safe.
 */
final class SharedSession {
  private static final Logger LOG = LoggerFactory.getLogger(SharedSession.class);
  private static final long CLOSE_SECONDS = 3;
  private static final int LARGEST_RECEIVE_MAXIMUM = 65_535; // MQTT 5, section 3.1.2.11.3

  private final BrokerAccess access;
  private final String clientId;
  private final String filter;
  private final boolean adopted;
  private final Intake intake;
  private final String link; // name in metrics and health
  private final InstantSource clock;
  private final CloudMetrics metrics;
  private final Health health;
  private final Mqtt5Connect connect;
  private final Mqtt5Connect connectUnbounded;
  private final AtomicBoolean unheeded;
  private final Mqtt5AsyncClient client;
  private final AtomicInteger unacknowledged = new AtomicInteger();
  private volatile long activeNanos = System.nanoTime(); // last sign of life of the broker
  private volatile boolean connected;
  private volatile boolean subscribed;
  private volatile boolean absent; // the broker knows no such session
  private volatile boolean takenOver;
  private volatile boolean overflowed;
  private volatile boolean closing;
  private int failures; // on the network thread

  /**
   * Makes a session; {@link #start} connects it.
   *
   * @param filter of the shared subscription
   * @param adopted whether it is that of a worker that is gone
   * @param maxPacketBytes the broker sends nothing larger
   * @param unheeded whether the broker was seen to send more than the receive maximum; shared
   */
  SharedSession(
      BrokerAccess access,
      String clientId,
      String filter,
      boolean adopted,
      int receiveMaximum,
      int maxPacketBytes,
      AtomicBoolean unheeded,
      IngestSettings settings,
      Intake intake,
      String link,
      InstantSource clock,
      CloudMetrics metrics,
      Health health) {
    this.access = access;
    this.clientId = clientId;
    this.filter = filter;
    this.adopted = adopted;
    this.intake = intake;
    this.link = link;
    this.clock = clock;
    this.metrics = metrics;
    this.health = health;
    this.unheeded = unheeded;
    connect = connect(receiveMaximum, maxPacketBytes, settings);
    connectUnbounded = connect(LARGEST_RECEIVE_MAXIMUM, maxPacketBytes, settings);
    client =
        Links.client(access, clientId)
            .addConnectedListener(this::connected)
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
    BrokerAccess.listen(client, true, this::received);
  }

  private Mqtt5Connect connect(int receiveMaximum, int maxPacketBytes, IngestSettings settings) {
    return access
        .connect()
        .cleanStart(false)
        .sessionExpiryInterval(settings.sessionExpiry().toSeconds())
        .restrictions()
        .receiveMaximum(receiveMaximum)
        .maximumPacketSize(maxPacketBytes)
        .topicAliasMaximum(0)
        .applyRestrictions()
        .build();
  }

  private Mqtt5Connect connect() {
    return unheeded.get() ? connectUnbounded : connect;
  }

  void start() {
    var unused = client.connect(connect()); // the listeners tell how it goes
  }

  String clientId() {
    return clientId;
  }

  /** Whether the broker gives it new messages. */
  boolean isSubscribed() {
    return subscribed;
  }

  /** Whether more came than there was room for: a new client must take this one's place. */
  boolean hasOverflowed() {
    return overflowed;
  }

  /** Whether it was taken over. */
  boolean isTakenOver() {
    return takenOver;
  }

  /** Whether a session that was taken over is no more, with all that lay there. */
  boolean isAbsent() {
    return absent;
  }

  /** Whether nothing is unacknowledged, and nothing came for so long. */
  boolean isQuiet(long nanos) {
    return connected && unacknowledged.get() == 0 && System.nanoTime() - activeNanos >= nanos;
  }

  private void received(Mqtt5Publish message) {
    activeNanos = System.nanoTime();
    if (message.getQos() == MqttQos.AT_MOST_ONCE) {
      message.acknowledge(); // of no meaning to the broker, but the client waits for it
      var unused = intake.offer(incoming(message, () -> {})); // or dropped and counted
      return;
    }
    unacknowledged.incrementAndGet();
    Runnable done =
        () -> {
          message.acknowledge();
          activeNanos = System.nanoTime();
          unacknowledged.decrementAndGet();
        };
    if (!intake.offer(incoming(message, done))) {
      unacknowledged.decrementAndGet();
      overflowed = true; // this client would take the message for one that is still in hand
      reconnect();
    }
  }

  private Incoming incoming(Mqtt5Publish message, Runnable done) {
    return new Incoming(
        message.getTopic().toString(), message.getPayloadAsBytes(), clock.instant(), done);
  }

  private void connected(MqttClientConnectedContext context) {
    boolean present = ((Mqtt5ClientConnectedContext) context).getConnAck().isSessionPresent();
    connected = true;
    activeNanos = System.nanoTime();
    metrics.connected(link);
    if (adopted) {
      absent = !present;
      var unused = unsubscribe();
    } else {
      subscribe();
    }
  }

  private void subscribe() {
    var unused =
        client
            .subscribeWith()
            .topicFilter(filter)
            .qos(MqttQos.AT_LEAST_ONCE)
            .send()
            .handle(
                (result, error) -> {
                  if (error == null) {
                    failures = 0;
                    subscribed = true;
                    health.well(Part.BROKER, link);
                    LOG.info("{}: takes {} from {}", link, filter, access.address());
                  } else if (connected) {
                    health.problem(
                        Part.BROKER, link, "the broker refuses to share " + filter + ": " + error);
                    reconnect(); // tries again after a while
                  }
                  return null;
                });
  }

  private CompletableFuture<Boolean> unsubscribe() {
    return client
        .unsubscribe(Mqtt5Unsubscribe.builder().addTopicFilter(filter).build())
        .handle((result, error) -> error == null);
  }

  /** Ends the subscription: nothing new comes then. Waits for the broker, at most so long. */
  boolean stopNew(long nanos) throws InterruptedException {
    try {
      return connected && unsubscribe().get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void reconnect() {
    var unused = client.disconnect(); // the listener makes a new connection
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (connected) {
      metrics.disconnected(link);
    }
    connected = false;
    subscribed = false;
    takenOver |= isReason(context.getCause(), Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER);
    heed(context.getCause());
    var reconnector = ((Mqtt5ClientDisconnectedContext) context).getReconnector();
    if (closing || takenOver || overflowed) {
      reconnector.reconnect(false);
      health.well(Part.BROKER, link);
      return;
    }
    failures++;
    reconnector
        .reconnect(true)
        .delay(access.delayNanos(failures), TimeUnit.NANOSECONDS)
        .resubscribeIfSessionExpired(false) // done at each connection
        .connect(connect());
    health.problem(Part.BROKER, link, access.describe(context.getCause()));
  }

  /**
   * Mosquitto 2.0 sends more than the receive maximum while messages are queued, which the client
   * answers by ending the connection. It is asked for all there is then; its own limits and the
   * bound of the intake remain.
   */
  private void heed(Throwable cause) {
    if (isReason(cause, Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED)
        && unheeded.compareAndSet(false, true)) {
      LOG.warn("the broker sends more at a time than it is asked for; its own limits hold now");
    }
  }

  private static boolean isReason(Throwable cause, Mqtt5DisconnectReasonCode reason) {
    return cause instanceof Mqtt5DisconnectException e
        && e.getMqttMessage().getReasonCode() == reason;
  }

  /** Ends the connection; the session stays at the broker, with what is unacknowledged. */
  void leave() {
    closing = true;
    await(client.disconnect());
  }

  /**
   * Ends the session for good: the broker forgets it. Only for one that brings nothing any more.
   *
   * @return whether the broker was told
   */
  boolean end() {
    closing = true;
    return await(client.disconnectWith().sessionExpiryInterval(0).send());
  }

  private static boolean await(CompletableFuture<Void> end) {
    try {
      end.get(CLOSE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false; // it was not connected
    }
  }
}
