package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.outbox.Losses;
import org.earshot.outbox.Outbox;
import org.earshot.outbox.OutboxLimits;
import org.earshot.testing.Gate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 alerts while broker and device are killed, 20 times each, at random moments.
 *
 * <p>The device is a process of its own that hears recordings and prints its alerts; what it has
 * printed in full is what it announced. Each of its lives takes over the outbox of the one before.
 *
 * <p>Who reads decides what such a test can claim. To acknowledge with QoS 1 is all that Mosquitto
 * promises a device, and it keeps what it has acknowledged in memory: its store is written every
 * half hour, at an orderly end, or, with {@code autosave_on_changes}, after so many changes and
 * never before the acknowledgement. A session that survives the reader would therefore lose
 * messages in a kill of the broker, through no fault of the device. What Mosquitto does do is to
 * hand a message to the connected readers before it acknowledges it, and what it has handed over
 * the kernel delivers, killed or not. Hence the reader here is connected, with QoS 0, whenever the
 * device can reach the broker: after each kill it is back before a gate lets the device in.
 */
class ChaosTest {
  private static final int KILLS = 20; // of each
  private static final int ALERTS = 200;
  private static final int ROUNDS = 100; // of the recordings: more than a life lasts
  private static final int LAST_LIVES = 10;
  private static final List<String> SOUNDS =
      List.of("dog-bark", "siren-wail", "glass-break", "baby-cry", "smoke-alarm-european");
  private static final Topics TOPICS = new Topics("home", "hall");

  @TempDir private Path scratch;

  private final Set<String> announced = new HashSet<>(); // id, phase and time of every line
  private final Set<String> alerts = new HashSet<>(); // ids that were opened in full lines
  private final List<MqttReader.Received> received = new ArrayList<>();
  private MosquittoBroker broker;
  private Gate gate;
  private MqttReader reader;
  private DeviceProcess device;
  private TestHome home;

  @BeforeEach
  void needsMosquitto() {
    MosquittoBroker.assumeInstalled();
  }

  @Test
  void everyAlertThatWasAnnouncedArrivesWhoeverIsKilled() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Boolean> kills = new ArrayList<>(Collections.nCopies(KILLS, true)); // of the device
    kills.addAll(Collections.nCopies(KILLS, false)); // of the broker
    Collections.shuffle(kills, random);
    broker = MosquittoBroker.in(scratch.resolve("broker")).start();
    gate = new Gate(broker.port());
    try {
      reader = newReader();
      home = new TestHome(scratch, gate.uri(), "[health]\nport = 0\n" + TestHome.EVERYTHING);
      for (boolean ofTheDevice : kills) {
        awaitSomeWork(random, ofTheDevice);
        if (ofTheDevice) {
          killTheDevice();
        } else {
          killTheBroker();
        }
      }
      while (alerts.size() < ALERTS) { // in lives that last longer
        awaitSomeWork(random, true);
        killTheDevice();
      }
      drain();
      report(seed);
    } finally {
      if (device != null) {
        device.kill();
      }
      gate.close();
      broker.close();
    }
  }

  private MqttReader newReader() {
    return new MqttReader(broker.port(), "earshot/#");
  }

  /** Waits until the device has done a random piece of work, then for a moment within the next. */
  private void awaitSomeWork(Random random, boolean ofTheDevice) throws Exception {
    if (device == null) {
      device = start(SOUNDS, ROUNDS, false);
    }
    device.awaitLines(device.lineCount() + 1 + random.nextInt(20));
    if (!ofTheDevice && random.nextBoolean()) { // amid the broker's work
      int wanted = reader.received().size() + 1 + random.nextInt(5);
      reader.await("messages", all -> all.size() >= wanted);
    }
    TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000)); // any moment will do
  }

  private DeviceProcess start(List<String> sounds, int rounds, boolean realTime)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--models", "../models", "--config", home.config().toString()));
    arguments.addAll(List.of("--state", home.state().toString()));
    if (realTime) {
      arguments.add("--real-time");
    }
    arguments.add("--wav");
    for (int round = 0; round < rounds; round++) {
      sounds.forEach(sound -> arguments.add(TestHome.demo(sound).toString()));
    }
    return DeviceProcess.start(scratch.resolve("device.log"), arguments);
  }

  private void killTheDevice() throws InterruptedException {
    keep(device.kill());
    device = null;
  }

  private void keep(List<String> lines) {
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      announced.add(key(columns[1], columns[4], Instant.parse(columns[0])));
      if (columns[4].equals("opened")) {
        alerts.add(columns[1]);
      }
    }
  }

  private void killTheBroker() {
    broker.kill();
    gate.shut();
    received.addAll(reader.awaitEnd());
    broker.start();
    reader = newReader();
    gate.open();
  }

  /** Lets the device live until nothing waits any more. */
  private void drain() throws Exception {
    if (device != null) {
      killTheDevice();
    }
    int waiting = 1;
    for (int life = 0; life < LAST_LIVES && waiting > 0; life++) {
      keep(start(List.of("not-low-battery"), 1, true).awaitEnd());
      try (Outbox outbox =
          Outbox.open(home.state().resolve("outbox"), OutboxLimits.bytes(64 << 20), new Losses())) {
        waiting = outbox.depth();
      }
    }
    assertThat(waiting).as("what waits in the end").isZero();
    String end = "earshot/end/end/health";
    reader.publish(end, "end".getBytes(StandardCharsets.UTF_8), false);
    reader.awaitOn(end, message -> true); // what came before is here too
    received.addAll(reader.received());
    reader.close();
  }

  private void report(long seed) throws IOException {
    Map<String, Integer> arrived = new HashMap<>(); // times, by key
    Map<String, Set<String>> openings = new HashMap<>(); // keys, by id
    Set<String> clips = new HashSet<>();
    for (MqttReader.Received message : received) {
      if (message.topic().equals(TOPICS.event())) {
        EventMessage event = MessageCodec.parseEvent(message.payload());
        String id = event.id().text();
        String phase = event.phase().name().toLowerCase(Locale.ROOT);
        String key = key(id, phase, event.at());
        arrived.merge(key, 1, Integer::sum);
        if (event.phase() == Phase.OPENED) {
          openings.computeIfAbsent(id, unused -> new HashSet<>()).add(key);
        }
      } else {
        Topics.parse(message.topic())
            .filter(address -> address.kind() == TopicKind.CLIP)
            .ifPresent(address -> clips.add(address.detail()));
      }
    }
    int repeated = arrived.values().stream().mapToInt(times -> times - 1).sum();
    Set<String> missing = new HashSet<>(alerts);
    missing.removeAll(openings.keySet());
    System.out.printf(
        "seed %d: %d kills of the broker, %d and more of the device;"
            + " alerts announced %d, arrived %d, missing %d;"
            + " messages announced %d, arrived %d, of them again %d; clips %d%n",
        seed,
        KILLS,
        KILLS,
        alerts.size(),
        openings.size(),
        missing.size(),
        announced.size(),
        arrived.size(),
        repeated,
        clips.size());
    assertThat(alerts).hasSizeGreaterThanOrEqualTo(ALERTS);
    assertThat(missing).as("alerts that were announced and did not arrive").isEmpty();
    assertThat(arrived.keySet()).containsAll(announced);
    assertThat(openings.values()).allSatisfy(keys -> assertThat(keys).hasSize(1));
    assertThat(clips).isNotEmpty();
  }

  private static String key(String id, String phase, Instant at) {
    return id + ' ' + phase + ' ' + at;
  }
}
