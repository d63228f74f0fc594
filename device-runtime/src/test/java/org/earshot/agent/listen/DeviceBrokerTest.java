package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.guard.GuardMode;
import org.earshot.guard.GuardSettings;
import org.earshot.guard.ModeChoice;
import org.earshot.guard.SettingsStore;
import org.earshot.testing.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole device, from recordings to a real Mosquitto, and back by commands. */
class DeviceBrokerTest {
  private static final Topics TOPICS = new Topics("home", "hall");
  private static final int SECOND = 16_000;
  private static final long DEADLINE_SECONDS = 60;

  @TempDir private Path scratch;
  private MosquittoBroker broker;
  private MqttReader reader;

  @BeforeEach
  void startBroker() throws IOException {
    broker = MosquittoBroker.in(scratch.resolve("broker")).start();
    reader = new MqttReader(broker.port(), "earshot/#");
  }

  @AfterEach
  void stopBroker() {
    if (broker != null) {
      reader.close();
      broker.close();
    }
  }

  private TestHome home(String tables) throws IOException {
    return new TestHome(scratch, broker.uri(), tables);
  }

  private void command(CommandMessage command) {
    reader.publish(TOPICS.command(), MessageCodec.toJson(command), false);
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** The device subscribes before it tells its states. */
  private static void connected(Device device) throws InterruptedException {
    await("a state at the broker", () -> device.broker().counters().states() > 0);
  }

  @Test
  void everyAlertsMessagesAndClipArriveAndAClipHoldsWhatCameBeforeTheOnset() throws Exception {
    TestHome home = home(TestHome.EVERYTHING);
    List<Path> recordings = TestHome.demo();
    try (Device device = home.device(ReplaySource.fast(recordings))) {
      device.start();
      connected(device);
      device.awaitEnd();
    }
    List<EventMessage> announced = List.copyOf(home.announced);
    assertThat(announced)
        .extracting(EventMessage::event)
        .contains("smoke_alarm", "co_alarm", "siren", "dog_bark");
    reader.await("every message", all -> messages(all).containsAll(announced));
    assertThat(messages(reader.received())).containsExactlyInAnyOrderElementsOf(announced);
    float[] stream = streamOf(recordings);
    int clips = 0;
    for (EventMessage message : announced) {
      if (message.phase() == Phase.OPENED) {
        assertThat(message.clipExpected()).isTrue();
        byte[] flac = reader.awaitOn(TOPICS.clip(message.id()), clip -> true).payload();
        assertHoldsTheOnset(message, stream, samples(flac));
        clips++;
      }
    }
    assertThat(
            reader.received().stream().filter(m -> m.topic().startsWith("earshot/home/hall/clip")))
        .hasSize(clips);
  }

  private void assertHoldsTheOnset(EventMessage message, float[] stream, float[] clip) {
    int onset = (int) Duration.between(TestHome.NOON, message.onset()).toMillis() * 16;
    int wanted = Math.max(0, onset - 3 * SECOND);
    int start = wanted; // messages tell milliseconds: 16 samples
    while (start <= wanted + 16 && !matches(stream, start, clip)) {
      start++;
    }
    assertThat(start).as("the start of the clip of %s", message).isLessThanOrEqualTo(wanted + 16);
    assertThat(onset - start).isGreaterThanOrEqualTo(Math.min(onset, 2 * SECOND));
    assertThat(clip.length)
        .isGreaterThanOrEqualTo(Math.min(onset + 7 * SECOND, stream.length) - start - 16)
        .isLessThanOrEqualTo(30 * SECOND);
  }

  private static boolean matches(float[] stream, int start, float[] clip) {
    return Arrays.equals(
        stream, start, Math.min(stream.length, start + clip.length), clip, 0, clip.length);
  }

  private float[] samples(byte[] flac) throws IOException {
    Path file = Files.write(scratch.resolve("clip.flac"), flac);
    return AudioFiles.readAll16k(file, Integer.MAX_VALUE);
  }

  private static float[] streamOf(List<Path> recordings) throws IOException {
    float[] stream = new float[0];
    for (Path recording : recordings) {
      float[] samples = AudioFiles.readAll16k(recording, Integer.MAX_VALUE);
      stream = Arrays.copyOf(stream, stream.length + samples.length);
      System.arraycopy(samples, 0, stream, stream.length - samples.length, samples.length);
    }
    return stream;
  }

  private static List<EventMessage> messages(List<MqttReader.Received> received) {
    List<EventMessage> messages = new ArrayList<>();
    for (MqttReader.Received each : received) {
      if (each.topic().equals(TOPICS.event())) {
        try {
          messages.add(MessageCodec.parseEvent(each.payload()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    return messages;
  }

  @Test
  void whoComesLaterFindsTheRetainedStates() throws Exception {
    FeedSource feed = new FeedSource();
    try (Device device = home(TestHome.EVERYTHING).device(feed)) {
      device.start();
      reader.awaitOn(TOPICS.state(), message -> true);
      await("all states", () -> device.broker().counters().states() >= 23);
      try (MqttReader late = new MqttReader(broker.port(), "earshot/#", "homeassistant/#")) {
        StateMessage state =
            MessageCodec.parseState(
                late.awaitOn(TOPICS.state(), MqttReader.Received::retained).payload());
        assertThat(state.online()).isTrue();
        assertThat(state.microphones()).containsExactly("kitchen");
        assertThat(state.mode()).isEqualTo("home");
        assertThat(late.awaitOn(TOPICS.mode(), MqttReader.Received::retained).text())
            .isEqualTo("armed_home");
        assertThat(late.awaitOn(TOPICS.sound("siren"), MqttReader.Received::retained).text())
            .isEqualTo("OFF");
        assertThat(late.awaitOn(TOPICS.sensitivity("siren"), m -> m.retained()).text())
            .isEqualTo("50");
        assertThat(late.awaitOn(TOPICS.siren(), MqttReader.Received::retained).text())
            .isEqualTo("OFF");
        assertThat(late.awaitOn(TOPICS.problem(), MqttReader.Received::retained).text())
            .contains("\"problem\":\"OFF\"");
        late.await(
            "Home Assistant's description",
            all -> all.stream().anyMatch(m -> m.topic().startsWith("homeassistant/device/")));
      }
      feed.play(TestHome.demo("siren-wail"));
      reader.awaitOn(TOPICS.sound("siren"), message -> message.text().equals("ON"));
    }
    try (MqttReader late = new MqttReader(broker.port(), TOPICS.state())) {
      assertThat(
              MessageCodec.parseState(late.awaitOn(TOPICS.state(), m -> true).payload()).online())
          .isFalse();
    }
  }

  @Test
  void commandsAreObeyedAndSurviveARestart() throws Exception {
    TestHome home = home("[guard]\nexit_seconds = 0\n" + TestHome.EVERYTHING);
    try (Device device = home.device(new FeedSource())) {
      device.start();
      connected(device);
      command(new CommandMessage.SetMode("away"));
      reader.awaitOn(TOPICS.mode(), message -> message.text().equals("armed_away"));
      command(new CommandMessage.SetSensitivity("siren", 40));
      reader.awaitOn(TOPICS.sensitivity("siren"), message -> message.text().equals("40"));
      command(new CommandMessage.SelectEvents("away", Set.of("siren")));
      await(
          "the selection",
          () -> device.guard().settings().selection().get(GuardMode.AWAY).equals(Set.of("siren")));
    }
    FeedSource feed = new FeedSource();
    try (Device device = home.device(feed)) {
      device.start();
      connected(device);
      GuardSettings settings = device.guard().settings();
      assertThat(settings.sensitivityOf("siren")).isEqualTo(40);
      assertThat(settings.selection().get(GuardMode.AWAY)).containsExactly("siren");
      assertThat(device.guard().mode()).isEqualTo(GuardMode.AWAY);
      feed.play(TestHome.demo("dog-bark"));
      feed.play(TestHome.demo("siren-wail"));
      EventMessage siren =
          MessageCodec.parseEvent(reader.awaitOn(TOPICS.event(), m -> true).payload());
      assertThat(siren.event()).as("the first event, as the dog does not count").isEqualTo("siren");
      assertThat(siren.sensitivity()).isEqualTo(40);
      assertThat(siren.mode()).isEqualTo("away");
      assertThat(device.status().suppressed()).containsKey("dog_bark");
    }
  }

  @Test
  void commandsThatMakeNoSenseChangeNothingAndTheDeviceGoesOn() throws Exception {
    FeedSource feed = new FeedSource();
    try (Device device = home(TestHome.EVERYTHING).device(feed)) {
      device.start();
      connected(device);
      GuardSettings before = device.guard().settings();
      for (String nonsense :
          List.of(
              "",
              "on",
              "{\"v\":1}",
              "{\"v\":2,\"command\":\"set_mode\",\"mode\":\"away\"}",
              "{\"v\":1,\"command\":\"set_mode\",\"mode\":\"holiday\"}",
              "{\"v\":1,\"command\":\"set_sensitivity\",\"event\":\"siren\",\"value\":101}",
              "{\"v\":1,\"command\":\"set_sensitivity\",\"event\":\"thunder\",\"value\":1}",
              "{\"v\":1,\"command\":\"select_events\",\"mode\":\"home\",\"events\":[\"thunder\"]}",
              "{\"v\":1,\"command\":\"select_events\",\"mode\":\"holiday\",\"events\":[]}",
              "{\"v\":1,\"command\":\"delete_clip\",\"id\":\"nothing\"}",
              "{\"v\":1,\"command\":\"self_destruct\"}",
              "[".repeat(10_000))) {
        reader.publish(TOPICS.command(), nonsense.getBytes(StandardCharsets.UTF_8), false);
      }
      command(new CommandMessage.DeleteClip(new EventId("01KG8NM3F00123456789ABCDEF")));
      command(new CommandMessage.SetSensitivity("glass_break", 45)); // the last in order
      reader.awaitOn(TOPICS.sensitivity("glass_break"), message -> message.text().equals("45"));
      assertThat(device.guard().settings().choice()).isEqualTo(before.choice());
      assertThat(device.guard().settings().selection()).isEqualTo(before.selection());
      assertThat(device.guard().settings().sensitivity()).containsOnlyKeys("glass_break");
      feed.play(TestHome.demo("smoke-alarm-t3"));
      reader.awaitOn(TOPICS.event(), message -> message.text().contains("\"smoke_alarm\""));
    }
  }

  @Test
  void aClipThatWaitsIsDeletedByCommandEvenWhileMessagesOfItsEventWait() throws Exception {
    try (Gate gate = new Gate(broker.port())) {
      gate.shut();
      TestHome home = new TestHome(scratch, gate.uri(), TestHome.EVERYTHING);
      FeedSource feed = new FeedSource();
      Device device = home.device(feed);
      try (device) {
        device.start();
        feed.play(TestHome.demo("siren-wail"));
        feed.play(TestHome.demo("dog-bark"));
        feed.play(new float[10 * SECOND]);
        await("messages and clips on disk", () -> device.status().outbox().items() == 6);
        EventMessage siren = home.announced.get(0);
        EventMessage dog =
            home.announced.stream().filter(m -> m.event().equals("dog_bark")).findFirst().get();
        device.deleteClip(siren.id());
        await("its deletion", () -> device.status().outbox().items() == 5);
        gate.open();
        reader.awaitOn(TOPICS.clip(dog.id()), message -> true);
        await("an empty outbox", () -> device.status().outbox().items() == 0);
        assertThat(messages(reader.received())).contains(siren, dog);
        assertThat(reader.received())
            .extracting(MqttReader.Received::topic)
            .doesNotContain(TOPICS.clip(siren.id()));
      }
    }
  }

  /** The guard catches up while it is made, before there is anything to tell it to. */
  @Test
  void aDeviceThatStartsWithinASchedulesWindowTakesItsMode() throws Exception {
    TestHome home = home("[guard]\nschedule = [\"night 10:00-14:00\"]\n");
    Files.createDirectories(home.state());
    SettingsStore store = new SettingsStore(home.state().resolve("settings"), (file, reason) -> {});
    Instant yesterday = TestHome.NOON.minus(1, ChronoUnit.DAYS);
    GuardSettings configured =
        GuardSetup.settings(
            DeviceConfig.read(home.config()), Set.of("smoke_alarm", "siren"), yesterday);
    store.save(store.load(configured)); // chosen yesterday, by hand
    try (Device device = home.device(new FeedSource())) {
      assertThat(device.guard().settings().choice())
          .extracting(ModeChoice::mode)
          .isEqualTo(GuardMode.NIGHT);
      device.start();
      reader.awaitOn(TOPICS.mode(), message -> message.text().equals("armed_night"));
    }
  }
}
