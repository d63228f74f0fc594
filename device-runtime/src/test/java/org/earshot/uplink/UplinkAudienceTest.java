package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.outbox.Priority.LIFE_SAFETY;
import static org.earshot.outbox.Priority.NORMAL;

import java.nio.file.Path;
import java.time.Duration;
import org.earshot.event.EventId;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.outbox.Losses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that nobody subscribes to, against a real Mosquitto. */
class UplinkAudienceTest {
  @TempDir private Path scratch;

  @BeforeAll
  static void needsMosquitto() {
    MosquittoBroker.assumeInstalled();
  }

  private Device device(MosquittoBroker broker, Duration patience) throws Exception {
    return new Device(
        scratch.resolve("outbox"),
        Device.settings(broker.uri()).withUnheardPatience(patience),
        new Losses());
  }

  @Test
  void messagesAndTheirClipsWaitForSomebodyWhoListens() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker"));
        Device device = device(broker, Duration.ofHours(1))) {
      broker.start();
      EventId smoke = device.nextId();
      device.putEvent(smoke, LIFE_SAFETY, 1);
      device.putEvent(device.nextId(), NORMAL, 1);
      device.putClip(smoke, LIFE_SAFETY, 10_000);
      device.uplink.start();
      device.heard.awaitProblem("UNHEARD: nobody subscribes to " + Device.TOPICS.event());
      device.heard.await("it is known", device.uplink::isUnheard);
      assertThat(device.outbox.depth()).isEqualTo(3);
      assertThat(device.uplink.counters().events()).isZero();
      try (MqttReader reader =
          new MqttReader(broker.port(), Device.TOPICS.event(), Device.TOPICS.clip(smoke))) {
        reader.await("both messages and the clip", all -> all.size() >= 3);
        // an item leaves the outbox before it is counted, and messages before clips
        device.heard.await("clip counted", () -> device.uplink.counters().clips() > 0);
        assertThat(device.outbox.depth()).isZero();
        assertThat(device.heard.cleared()).contains(UplinkProblem.UNHEARD);
        assertThat(device.uplink.counters().events()).isEqualTo(2);
        assertThat(device.uplink.counters().clips()).isEqualTo(1);
        assertThat(device.uplink.counters().unheard()).isZero();
      }
    }
  }

  @Test
  void patienceEndsAndThatIsCountedAsUnheardNotAsDelivered() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker"));
        Device device = device(broker, Duration.ofMillis(1))) {
      broker.start();
      EventId id = device.nextId();
      device.putEvent(id, NORMAL, 1);
      device.putClip(id, NORMAL, 1_000); // waits no longer than its message
      device.uplink.start();
      device.heard.await("given up", () -> device.uplink.counters().unheard() == 2);
      assertThat(device.outbox.depth()).isZero();
      assertThat(device.uplink.counters().events()).isZero();
      assertThat(device.heard.problems()).anyMatch(line -> line.startsWith("UNHEARD: nobody"));
    }
  }

  @Test
  void withoutPatienceNothingWaitsAndNothingIsWrong() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker"));
        Device device = device(broker, Duration.ZERO)) {
      broker.start();
      EventId id = device.nextId();
      device.putEvent(id, LIFE_SAFETY, 1);
      device.putClip(id, LIFE_SAFETY, 1_000);
      device.uplink.start();
      device.heard.await("both gone", () -> device.uplink.counters().unheard() == 2);
      assertThat(device.outbox.depth()).isZero();
      assertThat(device.heard.problems()).isEmpty();
    }
  }
}
