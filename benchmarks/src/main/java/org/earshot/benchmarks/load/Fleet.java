package org.earshot.benchmarks.load;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.event.VerdictMessage;

/**
 * Devices that are nothing but their connections: each in a site of its own, each connected as a
 * device is, with a last will and subscriptions to its commands and verdicts. They send the same
 * clip. Thread-safe where MQTT's threads call in.
 */
final class Fleet implements AutoCloseable {
  private static final int CONNECTING =
      200; // at once, or the broker's queue of connections is full
  private static final int TIMEOUT_SECONDS = 120;
  private static final String EVENT = "dog_bark"; // waits for its verdict, as most events do

  private final Clock clock;
  private final EventIds ids;
  private final List<Member> members = new ArrayList<>();
  private final Map<EventId, Long> sentAtNanos = new ConcurrentHashMap<>();
  private final Map<EventId, AtomicInteger> verdicts = new ConcurrentHashMap<>();
  private final Map<Verdict, LongAdder> kinds = new ConcurrentHashMap<>();
  private final List<Double> verdictSeconds = new ArrayList<>(); // guarded by this
  private final LongAdder unreadable = new LongAdder();
  private final LongAdder unacknowledged = new LongAdder();

  private record Member(Topics topics, Mqtt5AsyncClient client) {}

  Fleet(Clock clock, long seed) {
    this.clock = clock;
    this.ids = new EventIds(clock, new SplittableRandom(seed));
  }

  /** Connects so many devices and waits for all of them. */
  void connect(String host, int port, int devices) throws IOException, InterruptedException {
    Semaphore connecting = new Semaphore(CONNECTING);
    List<CompletableFuture<?>> connections = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      Topics topics = new Topics("load" + i, "speaker");
      Member member =
          new Member(
              topics,
              Mqtt5Client.builder()
                  .identifier("load-" + i)
                  .serverHost(host)
                  .serverPort(port)
                  .buildAsync());
      members.add(member);
      connecting.acquire();
      connections.add(connect(member).whenComplete((done, failure) -> connecting.release()));
    }
    try {
      CompletableFuture.allOf(connections.toArray(CompletableFuture[]::new))
          .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IOException(
          "not every device could connect; the broker must allow "
              + devices
              + " connections, and the limit of open files too (ulimit -n)",
          e.getCause());
    }
  }

  private CompletableFuture<?> connect(Member member) {
    Topics topics = member.topics();
    return member
        .client()
        .connectWith()
        .keepAlive(300)
        .willPublish()
        .topic(topics.state())
        .payload(MessageCodec.toJson(StateMessage.offline()))
        .retain(true)
        .qos(MqttQos.AT_LEAST_ONCE)
        .applyWillPublish()
        .send()
        .thenCompose(
            connected ->
                member
                    .client()
                    .subscribeWith()
                    .addSubscription()
                    .topicFilter(topics.command())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .applySubscription()
                    .addSubscription()
                    .topicFilter(topics.verdict())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .applySubscription()
                    .callback(this::take)
                    .send());
  }

  private void take(Mqtt5Publish publish) {
    if (!publish.getTopic().toString().endsWith("/verdict")) {
      return;
    }
    try {
      VerdictMessage verdict = MessageCodec.parseVerdict(publish.getPayloadAsBytes());
      Long sent = sentAtNanos.get(verdict.id());
      if (sent == null) {
        return; // of an earlier run
      }
      kinds.computeIfAbsent(verdict.verdict(), kind -> new LongAdder()).increment();
      if (verdict.verdict() != Verdict.UNVERIFIED
          && verdicts.computeIfAbsent(verdict.id(), id -> new AtomicInteger()).incrementAndGet()
              == 1) {
        synchronized (this) {
          verdictSeconds.add((System.nanoTime() - sent) / 1e9);
          notifyAll();
        }
      }
    } catch (MalformedMessageException e) {
      unreadable.increment();
    }
  }

  /**
   * Sends events with clips, one device after the other, evenly over a time; returns when the
   * broker has acknowledged all.
   */
  void send(int events, double seconds, byte[] clip) throws InterruptedException {
    List<CompletableFuture<?>> publications = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < events; i++) {
      long due = start + (long) (seconds * 1e9 * i / events);
      long wait = due - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait); // this is the pace of the load itself
      }
      Member member = members.get((int) ((long) i * members.size() / events));
      EventId id = ids.next();
      sentAtNanos.put(id, System.nanoTime());
      publications.add(
          publish(member, member.topics().event(), MessageCodec.toJson(opened(member.topics(), id)))
              .thenCompose(sent -> publish(member, member.topics().clip(id), clip))
              .handle(
                  (sent, failure) -> {
                    if (failure != null) {
                      unacknowledged.increment();
                    }
                    return null;
                  }));
    }
    CompletableFuture.allOf(publications.toArray(CompletableFuture[]::new)).join();
  }

  private EventMessage opened(Topics topics, EventId id) {
    Instant now = clock.instant();
    return new EventMessage(
        id,
        EVENT,
        Phase.OPENED,
        now,
        now.minusSeconds(1),
        null,
        0.9,
        "microphone",
        "home",
        50,
        true,
        0,
        topics.site(),
        topics.device(),
        "load");
  }

  private static CompletableFuture<Mqtt5PublishResult> publish(
      Member member, String topic, byte[] payload) {
    return member
        .client()
        .publishWith()
        .topic(topic)
        .payload(payload)
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
  }

  /** Waits until every event that was sent has a model's verdict; false when the time is over. */
  synchronized boolean awaitVerdicts(double seconds) throws InterruptedException {
    long deadline = System.nanoTime() + (long) (seconds * 1e9);
    while (verdictSeconds.size() < sentAtNanos.size()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** What came of it. */
  synchronized Outcome outcome() {
    long twice = verdicts.values().stream().filter(count -> count.get() > 1).count();
    Map<Verdict, Long> counts = new ConcurrentHashMap<>();
    kinds.forEach((kind, count) -> counts.put(kind, count.sum()));
    return new Outcome(
        sentAtNanos.size(),
        unacknowledged.sum(),
        verdictSeconds.stream().mapToDouble(Double::doubleValue).sorted().toArray(),
        twice,
        counts,
        unreadable.sum());
  }

  /**
   * What came of the events.
   *
   * @param sent events
   * @param unacknowledged messages that the broker did not take
   * @param verdictSeconds from sending an event to a model's verdict, in order
   * @param twice events with more than one verdict of a model
   * @param kinds messages by verdict, "unverified" at a deadline too
   * @param unreadable verdicts
   */
  record Outcome(
      int sent,
      long unacknowledged,
      double[] verdictSeconds,
      long twice,
      Map<Verdict, Long> kinds,
      long unreadable) {}

  @Override
  public void close() {
    CompletableFuture.allOf(
            members.stream()
                .map(member -> member.client().disconnect().exceptionally(failure -> null))
                .toArray(CompletableFuture[]::new))
        .join();
  }
}
