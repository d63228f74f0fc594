package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.outbox.Priority.LIFE_SAFETY;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earshot.event.EventId;
import org.earshot.event.MessageCodec;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.outbox.Losses;
import org.earshot.testing.Gate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Mosquitto. */
class UplinkDeliveryTest {
  private static final long SEED = 31_337;

  @TempDir private Path scratch;
  private final Losses losses = new Losses();

  @BeforeAll
  static void needsMosquitto() {
    MosquittoBroker.assumeInstalled();
  }

  /** The ids of messages and of clips in the order in which a reader first saw them. */
  private record Seen(List<String> events, List<String> clips, List<String> order, int repeats) {
    static Seen of(List<MqttReader.Received> received) {
      Set<String> events = new LinkedHashSet<>();
      Set<String> clips = new LinkedHashSet<>();
      Set<String> order = new LinkedHashSet<>();
      int repeats = 0;
      for (MqttReader.Received message : received) {
        Topics.Address address = Topics.parse(message.topic()).orElseThrow();
        if (address.kind() == TopicKind.EVENT) {
          String id = id(message);
          repeats += events.add(id) ? 0 : 1;
          order.add("event " + id);
        } else if (address.kind() == TopicKind.CLIP) {
          repeats += clips.add(address.detail()) ? 0 : 1;
          order.add("clip " + address.detail());
        }
      }
      return new Seen(List.copyOf(events), List.copyOf(clips), List.copyOf(order), repeats);
    }

    private static String id(MqttReader.Received message) {
      try {
        return MessageCodec.parseEvent(message.payload()).id().text();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Seen awaitAll(MqttReader reader, int events, int clips) {
    return Seen.of(
        reader.await(
            events + " messages and " + clips + " clips",
            all -> {
              Seen seen = Seen.of(all);
              return seen.events().size() == events && seen.clips().size() == clips;
            }));
  }

  @Test
  void deliversMessagesFirstAndEmptiesTheOutbox() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        MqttReader reader = new MqttReader(broker.port(), "earshot/#");
        Device device =
            new Device(scratch.resolve("outbox"), Device.settings(broker.uri()), losses)) {
      List<EventId> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        EventId id = device.nextId();
        ids.add(id);
        device.putClip(id, i == 3 ? LIFE_SAFETY : NORMAL, 3000);
        device.putEvent(id, i == 3 ? LIFE_SAFETY : NORMAL, 1);
      }
      device.uplink.start();
      Seen seen = awaitAll(reader, 5, 5);
      List<String> wanted = new ArrayList<>();
      for (String kind : List.of("event ", "clip ")) {
        for (int i : new int[] {3, 0, 1, 2, 4}) {
          wanted.add(kind + ids.get(i));
        }
      }
      assertThat(seen.order()).isEqualTo(wanted);
      device.heard.await("last clip", () -> device.uplink.counters().clips() == 5);
      assertThat(device.outbox.depth()).isZero();
      UplinkCounters counters = device.uplink.counters();
      assertThat(counters.events()).isEqualTo(5);
      assertThat(counters.bytes()).isGreaterThan(5 * 3000);
      assertThat(counters.refusals()).isZero();
    }
  }

  @Test
  void aBrokerThatIsDownAtTheStartIsFoundLater() throws Exception {
    MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker"));
    try (broker;
        Device device =
            new Device(scratch.resolve("outbox"), Device.settings(broker.uri()), losses)) {
      device.uplink.start();
      device.putEvent(device.nextId(), NORMAL, 1);
      device.heard.awaitProblem("UNREACHABLE: the broker mqtt://127.0.0.1:" + broker.port());
      device.heard.await("several attempts", () -> device.uplink.counters().failedConnects() >= 3);
      assertThat(device.uplink.isConnected()).isFalse();
      broker.start();
      device.heard.await("delivery", () -> device.outbox.depth() == 0);
      assertThat(device.heard.cleared()).contains(UplinkProblem.UNREACHABLE);
      assertThat(device.uplink.isConnected()).isTrue();
    }
  }

  /**
   * A clip is held up half-way through its connection; the smoke alarm comes after it and must
   * arrive while it is held.
   */
  @Test
  void aClipThatCrawlsDoesNotHoldUpALaterAlarm() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        Gate gate = new Gate(broker.port());
        MqttReader reader = new MqttReader(broker.port(), "earshot/#");
        Device device =
            new Device(scratch.resolve("outbox"), Device.settings(gate.uri()), losses)) {
      gate.hold("-clips", 100_000);
      EventId dog = device.nextId();
      device.putEvent(dog, NORMAL, 1);
      device.putClip(dog, NORMAL, 4_000_000);
      device.uplink.start();
      gate.awaitHolding();
      EventId smoke = device.nextId();
      device.putEvent(smoke, LIFE_SAFETY, 1);
      assertThat(awaitAll(reader, 2, 0).order()).containsExactly("event " + dog, "event " + smoke);
      device.heard.await("acknowledgement while the clip crawls", () -> device.outbox.depth() == 1);
      gate.release();
      assertThat(awaitAll(reader, 2, 1).order())
          .containsExactly("event " + dog, "event " + smoke, "clip " + dog);
    }
  }

  @Test
  void aLostAcknowledgementLeadsToASecondDeliveryWithTheSameId() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        Gate gate = new Gate(broker.port());
        MqttReader reader = new MqttReader(broker.port(), "earshot/#");
        Device device =
            new Device(scratch.resolve("outbox"), Device.settings(gate.uri()), losses)) {
      device.uplink.retain("earshot/home/hall/mode", new byte[] {'x'});
      device.uplink.start();
      device.heard.await("states", () -> device.uplink.counters().states() == 1);
      gate.swallowAnswers(true);
      EventId id = device.nextId();
      device.putEvent(id, NORMAL, 1);
      awaitAll(reader, 1, 0);
      assertThat(device.outbox.depth()).isEqualTo(1);
      gate.shut();
      gate.swallowAnswers(false);
      gate.open();
      device.heard.await("empty outbox", () -> device.outbox.depth() == 0);
      Seen seen = Seen.of(reader.await("second delivery", all -> Seen.of(all).repeats() == 1));
      assertThat(seen.events()).containsExactly(id.text());
    }
  }

  @Test
  void aBrokerThatNeverAcknowledgesIsLeftAndFoundAgain() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        Gate gate = new Gate(broker.port());
        Device device =
            new Device(
                scratch.resolve("outbox"),
                Device.settings(gate.uri()).withPatience(Duration.ofMillis(300), 3),
                losses)) {
      device.uplink.start();
      device.heard.await("connection", device.uplink::isConnected);
      gate.swallowAnswers(true);
      device.putEvent(device.nextId(), NORMAL, 1);
      device.heard.await("impatience", () -> device.uplink.counters().disconnects() >= 1);
      gate.swallowAnswers(false);
      gate.shut(); // the attempt to which no answer came
      gate.open();
      device.heard.await("empty outbox", () -> device.outbox.depth() == 0);
      assertThat(losses.setAsideCount()).isZero();
    }
  }

  /**
   * 200 alerts with clips while the broker is killed and restarted 20 times.
   *
   * <p>After each kill the reader is back before the device is let in: Mosquitto acknowledges what
   * it has sent to those who listen and keeps nothing safe of the rest, so that what it loses would
   * be counted against the uplink.
   */
  @Test
  void twoHundredAlertsSurviveTwentyKillsOfTheBroker() throws Exception {
    Random random = new Random(SEED);
    List<MqttReader.Received> all = new ArrayList<>();
    Set<String> announced = new HashSet<>();
    int waiting = 0;
    long connects;
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        Gate gate = new Gate(broker.port());
        Device device =
            new Device(scratch.resolve("outbox"), Device.settings(gate.uri()), losses)) {
      MqttReader reader = new MqttReader(broker.port(), "earshot/#");
      device.uplink.start();
      for (int kill = 0; kill < 20; kill++) {
        for (int i = 0; i < 10; i++) {
          EventId id = device.nextId();
          device.putEvent(id, i == 0 ? LIFE_SAFETY : NORMAL, 1);
          device.putClip(id, i == 0 ? LIFE_SAFETY : NORMAL, 1 + random.nextInt(8000));
          announced.add(id.text());
        }
        int wanted = random.nextInt(20); // of this round, before the kill
        reader.await(wanted + " messages", messages -> messages.size() >= wanted);
        broker.kill();
        gate.shut();
        waiting += device.outbox.depth();
        all.addAll(reader.awaitEnd());
        broker.start();
        reader = new MqttReader(broker.port(), "earshot/#");
        gate.open();
      }
      device.heard.await("empty outbox", () -> device.outbox.depth() == 0);
      MqttReader last = reader;
      last.publish("earshot/end/end/health", "end".getBytes(StandardCharsets.UTF_8), false);
      last.awaitOn("earshot/end/end/health", message -> true); // what came before is here too
      all.addAll(last.received());
      connects = device.uplink.counters().connects();
    }
    Seen seen = Seen.of(all);
    System.out.printf(
        "seed %d: 20 kills, %d connects; announced 200, messages %d, clips %d, repeated %d;"
            + " %d waited at the kills%n",
        SEED, connects, seen.events().size(), seen.clips().size(), seen.repeats(), waiting);
    assertThat(waiting).as("kills hit the traffic").isPositive();
    assertThat(announced).hasSize(200);
    assertThat(seen.events()).containsExactlyInAnyOrderElementsOf(announced);
    assertThat(seen.clips()).containsExactlyInAnyOrderElementsOf(announced);
    for (String id : announced) {
      assertThat(seen.order().indexOf("event " + id))
          .isLessThan(seen.order().indexOf("clip " + id));
    }
    assertThat(losses.setAsideCount()).isZero();
  }
}
