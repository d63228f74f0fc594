package org.earshot.cloud.ingest;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.Devices;
import org.earshot.cloud.store.SetAside;
import org.earshot.cloud.store.StoreException;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;
import org.earshot.uplink.BrokerAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what devices say of themselves up to date: state, problems, numbers, sensitivities, siren.
 *
 * <p>Not shared: one process of an installation does it, since retained messages are not given to
 * shared subscriptions; a second one does no harm. Of each topic only the latest message counts, so
 * what waits for the database is bounded by the number of topics. After a break the broker sends
 * what it retains again. Threads {@code devices} and {@code broker-io}.
 */
public final class DeviceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
  private static final List<TopicKind> KINDS =
      List.of(
          TopicKind.STATE,
          TopicKind.PROBLEM,
          TopicKind.SENSITIVITY,
          TopicKind.SIREN,
          TopicKind.HEALTH);
  private static final int MAX_TOPICS = 200_000;
  private static final int RECEIVE_MAXIMUM = 1_000;
  private static final int MAX_PACKET_BYTES = 256 * 1024;
  private static final long WAIT_MILLIS = 1_000;
  private static final long CLOSE_SECONDS = 3;
  private static final String LINK = "devices";

  private final BrokerAccess access;
  private final IngestSettings settings;
  private final InstantSource clock;
  private final CloudMetrics metrics;
  private final Health health;
  private final Aside aside;
  private final DeviceNews news;
  private final LatestByTopic latest = new LatestByTopic(MAX_TOPICS);
  private final Mqtt5Connect connect;
  private final Mqtt5AsyncClient client;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "devices");
  private volatile boolean connected;
  private int failures; // on the network thread

  /**
   * Makes a watch; {@link #start} starts it.
   *
   * @param clientId unique at the broker
   * @param settings for the delays between attempts
   */
  public DeviceWatch(
      String clientId,
      BrokerAccess access,
      Devices devices,
      SetAside setAside,
      IngestSettings settings,
      InstantSource clock,
      CloudMetrics metrics,
      Health health) {
    this.access = access;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.health = health;
    aside = new Aside(setAside, metrics);
    news = new DeviceNews(devices);
    connect =
        access
            .connect()
            .cleanStart(true)
            .sessionExpiryInterval(0)
            .restrictions()
            .receiveMaximum(RECEIVE_MAXIMUM)
            .maximumPacketSize(MAX_PACKET_BYTES)
            .topicAliasMaximum(0)
            .applyRestrictions()
            .build();
    client =
        Links.client(access, clientId)
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
    BrokerAccess.listen(client, false, this::received);
  }

  /** Starts to connect and to listen; once. */
  public void start() {
    thread.start();
    var unused = client.connect(connect); // the listeners tell how it goes
  }

  private void received(Mqtt5Publish message) {
    boolean kept =
        latest.put(
            message.getTopic().toString(),
            new LatestByTopic.Message(
                message.getPayloadAsBytes(), message.isRetain(), clock.instant()));
    if (!kept) {
      metrics.dropped("device");
    }
  }

  private void connected() {
    connected = true;
    metrics.connected(LINK);
    var unused =
        client
            .subscribe(
                Mqtt5Subscribe.builder()
                    .addSubscriptions(
                        KINDS.stream()
                            .map(
                                kind ->
                                    Mqtt5Subscription.builder()
                                        .topicFilter(Topics.everyDevice(kind))
                                        .qos(MqttQos.AT_LEAST_ONCE)
                                        .build()))
                    .build())
            .handle(
                (result, error) -> {
                  if (error == null) {
                    failures = 0;
                    health.well(Part.BROKER, LINK);
                  } else if (connected) {
                    health.problem(Part.BROKER, LINK, "the broker refuses to tell of devices");
                    reconnect(); // tries again after a while
                  }
                  return null;
                });
  }

  private void reconnect() {
    var unused = client.disconnect(); // the listener makes a new connection
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (connected) {
      metrics.disconnected(LINK);
    }
    connected = false;
    var reconnector = ((Mqtt5ClientDisconnectedContext) context).getReconnector();
    if (closing.getCount() == 0) {
      reconnector.reconnect(false);
      return;
    }
    failures++;
    reconnector
        .reconnect(true)
        .delay(access.delayNanos(failures), TimeUnit.NANOSECONDS)
        .resubscribeIfSessionExpired(false) // done at each connection
        .connect(connect);
    health.problem(Part.BROKER, LINK, access.describe(context.getCause()));
  }

  private void run() {
    int failed = 0;
    try {
      while (closing.getCount() > 0) {
        LatestByTopic.Entry entry = latest.take(WAIT_MILLIS);
        if (entry == null) {
          if (latest.hasMissed()) {
            LOG.warn("some of what devices said was not kept; asks the broker again");
            reconnect(); // with the next connection it all comes again
          }
          continue;
        }
        try {
          store(entry);
          failed = 0;
          health.well(Part.DATABASE, LINK);
        } catch (StoreException e) {
          failed++;
          latest.putBack(entry);
          metrics.databaseFailed();
          health.problem(Part.DATABASE, LINK, e.getMessage());
          if (closing.await(settings.retryAfter(failed).toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void store(LatestByTopic.Entry entry) {
    try {
      news.store(entry);
    } catch (PoisonException e) {
      LatestByTopic.Message message = entry.message();
      Incoming incoming =
          new Incoming(entry.topic(), message.payload(), message.receivedAt(), () -> {});
      if (aside.isKept("device", incoming, e)) {
        aside.keep(incoming, e);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      client.disconnect().get(CLOSE_SECONDS, TimeUnit.SECONDS);
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // it was not connected
    }
  }
}
