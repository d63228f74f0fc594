package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.outbox.Priority.LIFE_SAFETY;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earshot.event.EventId;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.outbox.Losses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Mosquitto that does not take everything: the rest must arrive. */
class UplinkRefusalTest {
  @TempDir private Path scratch;
  private final Losses losses = new Losses();

  @BeforeAll
  static void needsMosquitto() {
    MosquittoBroker.assumeInstalled();
  }

  private Device device(MosquittoBroker broker) throws IOException {
    return new Device(scratch.resolve("outbox"), Device.settings(broker.uri()), losses);
  }

  /** One event whose clip is too large between two whose clips are not. */
  private void expectOnlyTheLargeClipIsSetAside(MosquittoBroker broker) throws Exception {
    try (broker;
        Device device = device(broker)) {
      broker.start();
      try (MqttReader reader = new MqttReader(broker.port(), "earshot/#")) {
        EventId first = device.nextId();
        EventId large = device.nextId();
        EventId last = device.nextId();
        for (EventId id : List.of(first, large, last)) {
          device.putEvent(id, NORMAL, 1);
          device.putClip(id, NORMAL, id.equals(large) ? 200_000 : 5000);
        }
        device.uplink.start();
        device.heard.await("surrender", () -> device.uplink.counters().setAside() == 1);
        device.heard.await("the others", () -> device.outbox.depth() == 0);
        reader.await("three messages, two clips", all -> all.size() >= 5);
        assertThat(reader.received())
            .extracting(MqttReader.Received::topic)
            .contains(Device.TOPICS.clip(first), Device.TOPICS.clip(last))
            .doesNotContain(Device.TOPICS.clip(large));
        assertThat(device.uplink.counters().refusals()).isEqualTo(3);
        device.heard.awaitProblem("the clip of event " + large + " (200000 bytes)");
        device.heard.awaitProblem("it was set aside");
      }
    }
    assertThat(losses.setAsideCount()).isEqualTo(1);
    assertThat(losses.reasons()).singleElement().asString().contains("refused it 3 times");
  }

  @Test
  void aClipBeyondThePacketSizeThatTheBrokerNames() throws Exception {
    expectOnlyTheLargeClipIsSetAside(
        MosquittoBroker.in(scratch.resolve("broker"), "max_packet_size 100000"));
  }

  /**
   * Mosquitto 2.0 answers with a reason that MQTT 5 does not allow there, which ends connections.
   */
  @Test
  void aClipBeyondAMessageSizeThatTheBrokerKeepsToItself() throws Exception {
    expectOnlyTheLargeClipIsSetAside(
        MosquittoBroker.in(scratch.resolve("broker"), "message_size_limit 100000"));
  }

  @Test
  void aMessageThatIsTooLargeDoesNotTakeOthersWithIt() throws Exception {
    MosquittoBroker broker =
        MosquittoBroker.in(scratch.resolve("broker"), "message_size_limit 500");
    try (broker;
        Device device = device(broker)) {
      broker.start();
      try (MqttReader reader = new MqttReader(broker.port(), "earshot/#")) {
        EventId large = device.nextId();
        for (int i = 0; i < 20; i++) {
          if (i == 10) {
            device.putEvent(large, NORMAL, 250);
          }
          device.putEvent(device.nextId(), i % 2 == 0 ? LIFE_SAFETY : NORMAL, 1);
        }
        device.uplink.start();
        device.heard.await("surrender", () -> device.uplink.counters().setAside() == 1);
        device.heard.await("the others", () -> device.outbox.depth() == 0);
        reader.await(
            "the others",
            all ->
                all.stream()
                        .filter(each -> each.topic().equals(Device.TOPICS.event())) // no will
                        .map(MqttReader.Received::text)
                        .distinct()
                        .count()
                    == 20);
        device.heard.awaitProblem("the message of event " + large);
      }
    }
    assertThat(losses.setAsideCount()).isEqualTo(1);
  }

  @Test
  void clipsThatTheAccessRulesForbidDoNotHoldUpMessages() throws Exception {
    Path rules = scratch.resolve("rules");
    Files.writeString(
        rules, "topic read #\ntopic write earshot/home/hall/event\ntopic write earshot/home/end\n");
    MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker"), "acl_file " + rules);
    try (broker;
        Device device = device(broker)) {
      broker.start();
      try (MqttReader reader = new MqttReader(broker.port(), "earshot/#")) {
        device.uplink.retain(Device.TOPICS.siren(), new byte[] {'x'});
        for (int i = 0; i < 3; i++) {
          EventId id = device.nextId();
          device.putEvent(id, NORMAL, 1);
          device.putClip(id, NORMAL, 1000);
        }
        device.uplink.start();
        device.heard.await("surrender", () -> device.uplink.counters().setAside() == 3);
        device.putEvent(device.nextId(), NORMAL, 1);
        reader.await("messages", all -> all.size() == 4);
        device.heard.awaitProblem("NOT_AUTHORIZED");
        device.heard.awaitProblem("the broker refused " + Device.TOPICS.siren());
        device.heard.await(
            "last message acknowledged", () -> device.uplink.counters().events() == 4);
        assertThat(device.outbox.depth()).isZero();
        assertThat(device.uplink.counters().disconnects()).isZero();
      }
    }
    assertThat(losses.setAsideCount()).isEqualTo(3);
  }
}
