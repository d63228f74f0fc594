package org.earshot.cloud.service;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.earshot.cloud.ingest.BrokerPublisher;
import org.earshot.cloud.notify.MqttPublisher;
import org.earshot.cloud.store.ClipRecall;
import org.earshot.cloud.web.CommandPublisher;
import org.earshot.cloud.web.Delivery;
import org.earshot.cloud.web.LiveSource;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventId;
import org.earshot.event.LiveFrame;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What page, notices and deletion have to do with the broker, over the process's own connection.
 *
 * <p>Nothing is sent later than it was asked for: while the broker is away calls fail at once.
 * Thread-safe.
 */
final class DeviceLink implements CommandPublisher, LiveSource, ClipRecall, MqttPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceLink.class);
  private static final long PATIENCE_SECONDS = 5;

  private final BrokerPublisher broker;
  private final Map<String, Set<Consumer<LiveFrame>>> listeners = new HashMap<>(); // by topic

  DeviceLink(BrokerPublisher broker) {
    this.broker = broker;
  }

  @Override
  public void publish(String site, String device, CommandMessage command, Delivery delivery)
      throws IOException {
    String topic = new Topics(site, device).command();
    byte[] payload = MessageCodec.toJson(command);
    await(broker.publishNow(topic, payload, delivery.expiry().orElse(null)));
  }

  @Override
  public void publish(String topic, byte[] payload, Duration expiry) throws IOException {
    await(broker.publishNow(topic, payload, expiry));
  }

  @Override
  public boolean recall(String site, String device, EventId id) {
    try {
      publish(site, device, new CommandMessage.DeleteClip(id), Delivery.EVENTUALLY);
      return true;
    } catch (IOException e) {
      LOG.info("{}/{} is told later to delete {}: {}", site, device, id, e.getMessage());
      return false;
    }
  }

  @Override
  public Subscription subscribe(String site, String device, Consumer<LiveFrame> sink)
      throws IOException {
    String topic = new Topics(site, device).live();
    boolean first;
    synchronized (listeners) {
      first = !listeners.containsKey(topic);
      listeners.computeIfAbsent(topic, key -> new HashSet<>()).add(sink);
    }
    Subscription subscription = () -> unsubscribe(topic, sink);
    if (first) {
      try {
        await(broker.subscribe(topic, payload -> frame(topic, payload)));
      } catch (IOException e) {
        subscription.close();
        throw e;
      }
    }
    return subscription;
  }

  private void frame(String topic, byte[] payload) {
    LiveFrame frame;
    try {
      frame = LiveFrame.parse(payload);
    } catch (MalformedMessageException e) {
      LOG.debug("{}: {}", topic, e.getMessage());
      return;
    }
    Set<Consumer<LiveFrame>> sinks;
    synchronized (listeners) {
      sinks = Set.copyOf(listeners.getOrDefault(topic, Set.of()));
    }
    sinks.forEach(sink -> sink.accept(frame));
  }

  private void unsubscribe(String topic, Consumer<LiveFrame> sink) {
    synchronized (listeners) {
      Set<Consumer<LiveFrame>> sinks = listeners.get(topic);
      if (sinks == null || !sinks.remove(sink) || !sinks.isEmpty()) {
        return;
      }
      listeners.remove(topic);
    }
    broker.unsubscribe(topic);
  }

  private static void await(CompletableFuture<Void> done) throws IOException {
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "the broker does not take it: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the broker did not answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the process ends", e);
    }
  }
}
