package org.earshot.uplink;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientReconnector;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.reactivex.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection to the broker that, once started, comes back by itself for ever.
 *
 * <p>Events and clips have one each, so that a clip that crawls through a slow network or annoys
 * the broker does not stand in an event's way. The listener is called on the network thread and
 * must only hand on.
 */
final class BrokerLink {
  /** Hears of the connection; on the network thread. */
  interface Listener {
    /** It stands; nothing is subscribed yet. */
    void connected();

    /**
     * It broke, or could not be made.
     *
     * @param stood whether it stood before
     */
    void disconnected(Throwable cause, boolean stood);

    /** A message came. */
    void message(Mqtt5Publish message);
  }

  /** Connections in a row that ended before anything was acknowledged, until blame is laid. */
  private static final int BARREN_LIMIT = 3;

  private static final int MAX_INBOUND_BYTES = 128 * 1024;
  private static final int MAX_INBOUND_MESSAGES = 16;
  private static final long CLOSE_SECONDS = 3;

  private final Mqtt5AsyncClient client;
  private final Mqtt5Connect connect;
  private final Mqtt5Connect connectAfresh;
  private final BrokerAccess access;
  private final Listener listener;
  private final AtomicInteger unacknowledged = new AtomicInteger();
  private volatile boolean connected;
  private volatile boolean fruitful; // something was acknowledged on this connection
  private volatile boolean closing;
  private int failures; // on the network thread
  private int barren; // on the network thread

  /**
   * Makes a link; {@link #start} connects it.
   *
   * @param will last will; null for none, and then no session outlives a connection
   * @param networkThreads makes the network thread; the same for links that share it
   */
  BrokerLink(
      BrokerAccess access,
      UplinkSettings settings,
      String clientId,
      Mqtt5Publish will,
      Executor networkThreads,
      Listener listener) {
    this.access = access;
    this.listener = listener;
    long sessionSeconds = will == null ? 0 : settings.sessionExpiry().toSeconds();
    connect = connect(access, will, will == null, sessionSeconds);
    connectAfresh = connect(access, will, true, sessionSeconds);
    client =
        access
            .client(clientId)
            .executorConfig()
            .nettyExecutor(networkThreads)
            .nettyThreads(1)
            .applicationScheduler(Schedulers.trampoline()) // no threads of its own
            .applyExecutorConfig()
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
    BrokerAccess.listen(client, false, listener::message);
  }

  /** Login and last will belong here: those of a client are not used when it reconnects. */
  private static Mqtt5Connect connect(
      BrokerAccess access, Mqtt5Publish will, boolean cleanStart, long sessionSeconds) {
    Mqtt5ConnectBuilder connect =
        access
            .connect()
            .cleanStart(cleanStart)
            .sessionExpiryInterval(sessionSeconds)
            .restrictions()
            .maximumPacketSize(MAX_INBOUND_BYTES)
            .receiveMaximum(MAX_INBOUND_MESSAGES)
            .topicAliasMaximum(0)
            .applyRestrictions();
    return (will == null ? connect : connect.willPublish(will)).build();
  }

  void start() {
    var unused = client.connect(connect); // the listeners tell how it goes
  }

  boolean isConnected() {
    return connected;
  }

  /**
   * Publishes; the result is null when the broker has it, else why not: a {@link
   * NobodyListensException} when it has it and gave it to nobody, unless it retains it.
   *
   * <p>A message with QoS 1 whose connection breaks is sent again by the client when the broker
   * kept the session, else its result is the loss.
   */
  CompletableFuture<Throwable> publish(
      String topic, byte[] payload, boolean safely, boolean retain) {
    Mqtt5Publish message =
        Mqtt5Publish.builder()
            .topic(topic)
            .payload(payload)
            .qos(safely ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
            .retain(retain)
            .build();
    if (safely) {
      unacknowledged.incrementAndGet();
    }
    return client
        .publish(message)
        .handle(
            (result, error) -> {
              Throwable failure = done(safely, result, error);
              return failure == null && !retain && isUnheard(result)
                  ? new NobodyListensException(topic)
                  : failure;
            });
  }

  private static boolean isUnheard(Mqtt5PublishResult result) {
    return result instanceof Mqtt5PublishResult.Mqtt5Qos1Result acknowledged
        && acknowledged.getPubAck().getReasonCode()
            == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
  }

  private Throwable done(boolean safely, Mqtt5PublishResult result, Throwable error) {
    Throwable failure = error != null ? error : result.getError().orElse(null);
    if (safely) {
      unacknowledged.decrementAndGet();
      fruitful |= failure == null || Causes.refusal(failure).isPresent();
    }
    return failure;
  }

  /** Subscribes; the result is null when the broker agreed. What is retained is not sent. */
  CompletableFuture<Throwable> subscribe(List<String> topics) {
    Mqtt5Subscribe subscribe =
        Mqtt5Subscribe.builder()
            .addSubscriptions(
                topics.stream()
                    .map(
                        topic ->
                            Mqtt5Subscription.builder()
                                .topicFilter(topic)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .retainHandling(Mqtt5RetainHandling.DO_NOT_SEND)
                                .retainAsPublished(true)
                                .build()))
            .build();
    return client.subscribe(subscribe).handle((result, error) -> error);
  }

  /** Breaks the connection; it comes back by itself. */
  void restart() {
    var unused = client.disconnect();
  }

  /** Ends the connection for good; the broker publishes the last will when there is one. */
  void close() {
    closing = true;
    try {
      client
          .disconnectWith()
          .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
          .send()
          .handle((result, error) -> null) // it was not connected
          .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // the connection is left to the broker's keep-alive
    }
  }

  private void connected() {
    connected = true;
    fruitful = false;
    failures = 0;
    listener.connected();
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    boolean stood = connected;
    connected = false;
    Mqtt5ClientReconnector reconnector =
        ((Mqtt5ClientDisconnectedContext) context).getReconnector();
    if (closing) {
      reconnector.reconnect(false);
      return;
    }
    failures++;
    reconnector
        .reconnect(true)
        .delay(access.delayNanos(failures), TimeUnit.NANOSECONDS)
        .resubscribeIfSessionExpired(false) // done at each connection
        .republishIfSessionExpired(false) // the outbox does, in its order
        .connect(mustForget(context.getCause(), stood) ? connectAfresh : connect);
    listener.disconnected(context.getCause(), stood);
  }

  /**
   * Whether what is in flight must be taken from the client, which would offer it again first
   * thing. A fresh session does that. It costs the commands that wait at the broker, so it is done
   * only when what is in flight seems to be why connections end.
   */
  private boolean mustForget(Throwable cause, boolean stood) {
    if (!stood || unacknowledged.get() == 0) {
      return false;
    }
    barren = fruitful ? 0 : barren + 1;
    return Causes.blamesContent(cause) || barren >= BARREN_LIMIT;
  }
}
