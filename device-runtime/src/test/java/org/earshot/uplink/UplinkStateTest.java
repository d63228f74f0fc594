package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventId;
import org.earshot.event.MessageCodec;
import org.earshot.event.StateMessage;
import org.earshot.event.Verdict;
import org.earshot.event.VerdictMessage;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.outbox.Losses;
import org.earshot.testing.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States, last will, commands and verdicts at a real Mosquitto. */
class UplinkStateTest {
  private static final String STATE = Device.TOPICS.state();

  @TempDir private Path scratch;
  private MosquittoBroker broker;

  @BeforeEach
  void makeBroker() throws IOException {
    broker = MosquittoBroker.in(scratch.resolve("broker"));
  }

  @AfterEach
  void endBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private Device device() throws IOException {
    return new Device(scratch.resolve("outbox"), Device.settings(broker.uri()), new Losses());
  }

  private static boolean isOnline(MqttReader.Received message) {
    return state(message).online();
  }

  private static StateMessage state(MqttReader.Received message) {
    try {
      return MessageCodec.parseState(message.payload());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDeviceThatIsKilledIsOfflineForAllWhoAsk() throws Exception {
    broker.start();
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                UplinkChild.class.getName(),
                scratch.resolve("outbox").toString(),
                broker.uri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (MqttReader witness = new MqttReader(broker.port(), STATE);
        BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
      // the first is RxJava's, which starts it whether or not its threads are used
      assertThat(out.readLine())
          .isEqualTo("online with threads [RxCachedWorkerPoolEvictor-1, main, uplink, uplink-io]");
      witness.awaitOn(STATE, UplinkStateTest::isOnline);
      try (MqttReader asks = new MqttReader(broker.port(), STATE)) {
        assertThat(state(asks.awaitOn(STATE, MqttReader.Received::retained)))
            .isEqualTo(Device.online());
      }
      child.toHandle().destroyForcibly();
      witness.awaitOn(STATE, message -> !isOnline(message));
      try (MqttReader asks = new MqttReader(broker.port(), STATE)) {
        assertThat(state(asks.awaitOn(STATE, MqttReader.Received::retained)))
            .isEqualTo(StateMessage.offline());
      }
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void theLastWillHoldsOnLaterConnectionsToo() throws Exception {
    broker.start();
    try (Gate gate = new Gate(broker.port());
        Device device =
            new Device(scratch.resolve("outbox"), Device.settings(gate.uri()), new Losses())) {
      device.uplink.retain(STATE, MessageCodec.toJson(Device.online()));
      device.uplink.start();
      for (int round = 1; round <= 3; round++) {
        int connects = round;
        device.heard.await("connection", () -> device.uplink.counters().connects() == connects);
        try (MqttReader witness = new MqttReader(broker.port(), STATE)) {
          witness.await("online", all -> !all.isEmpty() && isOnline(all.get(all.size() - 1)));
          gate.shut();
          witness.await("last will", all -> !isOnline(all.get(all.size() - 1)));
        }
        gate.open();
      }
    }
  }

  @Test
  void anOrderlyEndIsOfflineToo() throws Exception {
    broker.start();
    try (MqttReader witness = new MqttReader(broker.port(), STATE)) {
      try (Device device = device()) {
        device.uplink.retain(STATE, MessageCodec.toJson(Device.online()));
        device.uplink.start();
        witness.awaitOn(STATE, UplinkStateTest::isOnline);
      }
      witness.awaitOn(STATE, message -> !isOnline(message));
    }
  }

  @Test
  void aBrokerThatForgotEverythingIsToldAgain() throws Exception {
    try (Device device = device()) {
      broker.start();
      device.uplink.retain(STATE, MessageCodec.toJson(Device.online()));
      device.uplink.retain(Device.TOPICS.siren(), "ON".getBytes(StandardCharsets.UTF_8));
      device.uplink.retain(Device.TOPICS.siren(), "OFF".getBytes(StandardCharsets.UTF_8));
      device.uplink.start();
      device.heard.await("states", () -> device.uplink.counters().states() == 2);
      broker.kill(); // before it wrote anything to its store
      broker.start();
      try (MqttReader asks = new MqttReader(broker.port(), "earshot/#")) {
        asks.awaitOn(STATE, UplinkStateTest::isOnline);
        assertThat(asks.awaitOn(Device.TOPICS.siren(), message -> true).text()).isEqualTo("OFF");
        CommandMessage away = new CommandMessage.SetMode("away");
        asks.publish(Device.TOPICS.command(), MessageCodec.toJson(away), false);
        device.heard.await("a command", () -> device.heard.commands().equals(List.of(away)));
      }
    }
  }

  @Test
  void everythingIsPublishedAgainWhenHomeAssistantStarts() throws Exception {
    try (Device device = device()) {
      broker.start();
      String discovery = HomeAssistantDiscovery.topic(Device.TOPICS);
      device.uplink.retain(discovery, new byte[] {'{', '}'});
      device.uplink.retain(STATE, MessageCodec.toJson(Device.online()));
      device.uplink.start();
      device.heard.await("states", () -> device.uplink.counters().states() == 2);
      try (MqttReader homeAssistant = new MqttReader(broker.port())) {
        homeAssistant.subscribe(discovery, STATE);
        homeAssistant.await("retained", all -> all.size() == 2);
        homeAssistant.publish("homeassistant/status", bytes("offline"), false);
        homeAssistant.publish("homeassistant/status", bytes("online"), false);
        List<MqttReader.Received> all =
            homeAssistant.await("published again", received -> received.size() == 4);
        assertThat(all)
            .extracting(MqttReader.Received::retained)
            .containsExactly(true, true, false, false);
      }
      device.heard.await("acknowledged", () -> device.uplink.counters().states() == 4);
    }
  }

  @Test
  void commandsAndVerdictsArriveAndOthersAreIgnored() throws Exception {
    try (Device device = device()) {
      broker.start();
      try (MqttReader owner = new MqttReader(broker.port())) {
        String command = Device.TOPICS.command();
        CommandMessage away = new CommandMessage.SetMode("away");
        CommandMessage home = new CommandMessage.SetMode("home");
        owner.publish(command, MessageCodec.toJson(home), true); // kept from before the device
        device.uplink.retain(STATE, MessageCodec.toJson(Device.online()));
        device.uplink.start();
        device.heard.await("states", () -> device.uplink.counters().states() == 1);
        owner.publish(command, MessageCodec.toJson(home), true); // retained while it listens
        owner.publish(command, bytes("{\"v\":1,\"command\":\"dance\"}"), false);
        owner.publish(command, new byte[0], false);
        owner.publish(command, MessageCodec.toJson(away), false);
        VerdictMessage verdict =
            new VerdictMessage(
                new EventId("01KG8NM3F00123456789ABCDEF"),
                "siren",
                Verdict.REJECTED,
                0.1,
                "v",
                Instant.parse("2026-01-31T12:00:00Z"));
        owner.publish(Device.TOPICS.verdict(), MessageCodec.toJson(verdict), false);
        device.heard.await("verdict", () -> device.heard.verdicts().size() == 1);
        assertThat(device.heard.verdicts()).containsExactly(verdict);
        assertThat(device.heard.commands()).containsExactly(away);
        assertThat(device.uplink.counters().ignored()).isEqualTo(3);
      }
    }
  }

  @Test
  void aCommandWaitsAtTheBrokerWhileTheDeviceIsAway() throws Exception {
    CommandMessage away = new CommandMessage.SetMode("away");
    try (MqttReader owner = new MqttReader(broker.start().port())) {
      try (Device device = device()) {
        device.uplink.retain(STATE, MessageCodec.toJson(Device.online()));
        device.uplink.start();
        // subscribed first, on the same connection
        device.heard.await("states", () -> device.uplink.counters().states() == 1);
      }
      owner.publish(Device.TOPICS.command(), MessageCodec.toJson(away), false);
      try (Device again = device()) {
        again.uplink.start();
        again.heard.await("command", () -> again.heard.commands().size() == 1);
        assertThat(again.heard.commands()).containsExactly(away);
      }
    }
  }

  @Test
  void framesAreSentNowOrNever() throws Exception {
    try (Device device = device()) {
      assertThat(device.uplink.send(Device.TOPICS.level(), bytes("-40.0"))).isFalse();
      broker.start();
      try (MqttReader reader = new MqttReader(broker.port(), "earshot/#")) {
        device.uplink.start();
        device.heard.await("connection", device.uplink::isConnected);
        assertThat(device.uplink.send(Device.TOPICS.level(), bytes("-41.0"))).isTrue();
        MqttReader.Received level = reader.awaitOn(Device.TOPICS.level(), message -> true);
        assertThat(level.text()).isEqualTo("-41.0");
        assertThat(level.retained()).isFalse();
      }
      assertThat(device.uplink.counters().droppedFrames()).isEqualTo(1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
