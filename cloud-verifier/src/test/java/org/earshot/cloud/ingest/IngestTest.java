package org.earshot.cloud.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.EventFilter;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.SetAside;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.store.VerificationState;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker, a real Mosquitto, a real SQLite database. */
class IngestTest {
  private static final Topics HALL = new Topics("home", "hall");
  private static final byte[] LOUD = Sounds.tone(0.5, 1);
  private static final byte[] QUIET = Sounds.tone(0.01, 1);

  @TempDir Path folder;
  private MosquittoBroker broker;
  private Worker worker;
  private MqttReader device;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    broker = MosquittoBroker.in(folder.resolve("broker"), "autosave_interval 1").start();
    worker = new Worker("one", broker.uri(), folder, new LoudnessVerifier("loudness")).start();
    awaitTaking();
    device = new MqttReader(broker.port(), HALL.verdict());
  }

  @AfterEach
  void stop() {
    if (worker != null) {
      device.close();
      worker.close();
      broker.close();
    }
  }

  private void awaitTaking() throws InterruptedException {
    await("the subscription", worker.ingest::isTaking, worker.health::page);
  }

  private void tell(EventMessage message) {
    device.publish(HALL.event(), MessageCodec.toJson(message), false);
  }

  private void send(EventId id, byte[] flac) {
    device.publish(HALL.clip(id), flac, false);
  }

  private EventRecord awaitVerdict(EventId id, Verdict verdict) throws InterruptedException {
    EventKey key = Samples.key(id);
    await(
        "a verdict on " + id,
        () -> {
          Optional<EventRecord> event = worker.history.find(key);
          return event.isPresent()
              && event.get().judgement() != null
              && event.get().judgement().verdict() == verdict;
        },
        () -> worker.history.find(key) + worker.health.page());
    return worker.history.find(key).orElseThrow();
  }

  private double metric(String sample) {
    return worker
        .metrics
        .page()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void judgesAClipThatComesAfterItsEventAndOneThatComesBefore() throws InterruptedException {
    EventId first = Samples.id();
    EventId second = Samples.id();

    tell(Samples.opened(first, "smoke_alarm"));
    send(first, LOUD);
    send(second, QUIET);
    tell(Samples.opened(second, "dog_bark"));

    EventRecord confirmed = awaitVerdict(first, Verdict.CONFIRMED);
    assertThat(confirmed.clip().length()).hasSeconds(1);
    assertThat(confirmed.judgement().model()).isEqualTo("loudness");
    awaitVerdict(second, Verdict.REJECTED);
    assertThat(worker.clips.get(Samples.key(first))).hasValue(LOUD);
    var told = device.await("two verdicts", all -> all.size() == 2);
    assertThat(told)
        .extracting(message -> MessageCodec.parseVerdict(message.payload()).id())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void whatComesAgainChangesNothing() throws InterruptedException {
    EventId id = Samples.id();
    for (int i = 0; i < 3; i++) {
      tell(Samples.opened(id, "dog_bark"));
      send(id, LOUD);
    }
    awaitVerdict(id, Verdict.CONFIRMED);
    await("the last", () -> metric("earshot_repeated_total{kind=\"clip\"}") == 2);
    await("the last", () -> metric("earshot_repeated_total{kind=\"event\"}") == 2);

    assertThat(worker.history.find(EventFilter.all(Set.of("home"), 10))).hasSize(1);
    await("the verdict", () -> metric("earshot_verdicts_total{verdict=\"confirmed\"}") == 1);
    assertThat(worker.setAside.count()).isZero();
  }

  @Test
  void noKindOfPoisonStopsTheLine() throws InterruptedException {
    EventId id = Samples.id();
    EventMessage message = Samples.opened(id, "dog_bark");
    String json = new String(MessageCodec.toJson(message), StandardCharsets.UTF_8);
    EventId sound = Samples.id();
    device.publish(HALL.event(), new byte[0], false);
    device.publish(HALL.event(), bytes("{\"v\":1,"), false);
    device.publish(HALL.event(), new byte[] {(byte) 0xff, 0, 1}, false);
    device.publish(HALL.event(), bytes(json.replace("\"v\":1", "\"v\":2")), false);
    device.publish(HALL.event(), bytes(" ".repeat(70_000)), false);
    device.publish("earshot/home/attic/event", bytes(json), false); // says it is of another device
    device.publish("earshot/other/hall/event", bytes(json), false); // of another site
    device.publish("earshot/ho me/hall/event", bytes(json), false);
    device.publish("earshot/home/hall/clip/7", LOUD, false);
    device.publish(HALL.clip(sound), bytes("RIFF, no FLAC"), false);
    device.publish(HALL.clip(sound), Arrays.copyOf(LOUD, LOUD.length / 2), false);
    device.publish(HALL.clip(sound), Sounds.tone(0.5, 1, 44_100), false);
    device.publish(HALL.clip(sound), Sounds.tone(0.5, 61), false);
    device.publish(HALL.clip(sound), new byte[(2 << 20) + 1], false);

    tell(message);
    send(id, LOUD);
    awaitVerdict(id, Verdict.CONFIRMED);

    await("all set aside", () -> worker.setAside.count() == 14, this::asideText);
    List<SetAside.Message> kept = worker.setAside.latest(20);
    assertThat(kept)
        .extracting(SetAside.Message::reason)
        .anyMatch(reason -> reason.contains("its topic not"))
        .anyMatch(reason -> reason.contains("44100 Hz"))
        .anyMatch(reason -> reason.contains("longer than 60 s"))
        .anyMatch(reason -> reason.contains("2097153 bytes"))
        .anyMatch(reason -> reason.contains("70000 bytes"));
    assertThat(kept)
        .filteredOn(each -> !each.topic().endsWith("/event"))
        .allSatisfy(each -> assertThat(each.payload()).isEmpty());
    assertThat(worker.history.find(EventFilter.all(Set.of("home", "other"), 10))).hasSize(1);
    assertThat(worker.clips.list(null, 10)).containsExactly(Samples.key(id));
  }

  private String asideText() {
    StringBuilder text = new StringBuilder();
    worker.setAside.latest(30).forEach(m -> text.append(m.topic() + ": " + m.reason() + "\n"));
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anotherDeviceCannotReplaceAClip() throws InterruptedException {
    EventId id = Samples.id();
    tell(Samples.opened(id, "dog_bark"));
    send(id, LOUD);
    awaitVerdict(id, Verdict.CONFIRMED);

    device.publish(new Topics("home", "attic").clip(id), QUIET, false);

    await("set aside", () -> worker.setAside.count() == 1);
    assertThat(worker.clips.get(Samples.key(id))).hasValue(LOUD);
  }

  @Test
  void aClipOfWhatWasDeletedIsNotKept() throws InterruptedException {
    EventId id = Samples.id();
    tell(Samples.opened(id, "dog_bark"));
    await("the event", () -> worker.history.find(Samples.key(id)).isPresent());
    worker.history.delete(Samples.key(id), "anna", "test", Samples.NOW);

    send(id, LOUD);

    await("refused", () -> metric("earshot_refused_total{kind=\"clip\",reason=\"deleted\"}") == 1);
    assertThat(worker.clips.get(Samples.key(id))).isEmpty();
    assertThat(worker.setAside.count()).isZero();
  }

  @Test
  void waitsForADatabaseThatIsDownAndGoesOnByItself() throws Exception {
    EventId id = Samples.id();
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
        Statement statement = other.createStatement()) {
      lock(statement);
      tell(Samples.opened(id, "smoke_alarm"));
      send(id, LOUD);
      await(
          "the problem is told",
          () ->
              worker.health.problems().stream()
                  .anyMatch(p -> p.part() == Part.DATABASE && p.source().equals("event")));
      statement.execute("ROLLBACK");
    }

    awaitVerdict(id, Verdict.CONFIRMED);
    await("all is well", worker.health::isWell, worker.health::page);
    assertThat(metric("earshot_database_failures_total")).isPositive();
    assertThat(worker.setAside.count()).isZero();
  }

  private static void lock(Statement statement) throws SQLException {
    statement.execute("PRAGMA busy_timeout = 60000");
    statement.execute("BEGIN IMMEDIATE");
  }

  @Test
  void survivesTheDeathOfTheBroker() throws InterruptedException {
    EventId before = Samples.id();
    tell(Samples.opened(before, "dog_bark"));
    send(before, LOUD);
    awaitVerdict(before, Verdict.CONFIRMED);
    device.close();

    broker.kill();
    await(
        "the problem is told",
        () -> worker.health.problems().stream().anyMatch(p -> p.part() == Part.BROKER));
    broker.start();
    awaitTaking();
    device = new MqttReader(broker.port(), HALL.verdict());

    EventId after = Samples.id();
    tell(Samples.opened(after, "dog_bark"));
    send(after, LOUD);
    awaitVerdict(after, Verdict.CONFIRMED);
    device.await("the verdict", all -> all.size() == 1);
    await("all is well", worker.health::isWell, worker.health::page);
  }

  @Test
  void clipsWaitWhileTheClipStoreIsFullAndEventsDoNot() throws Exception {
    worker.close();
    AtomicBoolean full = new AtomicBoolean(true);
    ClipStore real = new FolderClipStore(folder.resolve("clips"));
    worker =
        new Worker(
                "two",
                broker.uri(),
                folder,
                new LoudnessVerifier("loudness"),
                new FillableStore(real, full),
                Worker.SETTINGS,
                Duration.ofSeconds(2))
            .start();
    awaitTaking();
    EventId id = Samples.id();
    send(id, LOUD);
    await(
        "the problem is told",
        () -> worker.health.problems().stream().anyMatch(p -> p.part() == Part.CLIP_STORE));
    tell(Samples.opened(id, "dog_bark"));
    await("the event", () -> worker.history.find(Samples.key(id)).isPresent());
    assertThat(worker.history.find(Samples.key(id)).orElseThrow().verification())
        .isEqualTo(VerificationState.WAITING);

    full.set(false);

    awaitVerdict(id, Verdict.CONFIRMED);
    await("all is well", worker.health::isWell, worker.health::page);
  }

  /** A clip store on a disk that is full for a while. */
  private record FillableStore(ClipStore store, AtomicBoolean full) implements ClipStore {
    @Override
    public void put(EventKey key, byte[] flac) {
      if (full.get()) {
        throw new StoreException("clip store: no space left; make room", null);
      }
      store.put(key, flac);
    }

    @Override
    public Optional<byte[]> get(EventKey key) {
      return store.get(key);
    }

    @Override
    public void delete(EventKey key) {
      store.delete(key);
    }

    @Override
    public List<EventKey> list(EventKey after, int limit) {
      return store.list(after, limit);
    }
  }

  @Test
  void theNextWorkerTakesWhatCameWhileNobodyWasThere() throws Exception {
    EventId id = Samples.id();
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
        Statement statement = other.createStatement()) {
      lock(statement); // so that nothing can be stored
      tell(Samples.opened(id, "dog_bark"));
      send(id, LOUD);
      worker.ingest.close(Duration.ofMillis(100));
      worker.verification.close(Duration.ZERO);
      statement.execute("ROLLBACK");
    }
    assertThat(worker.history.find(Samples.key(id))).isEmpty();
    worker.close();

    worker = new Worker("next", broker.uri(), folder, new LoudnessVerifier("loudness")).start();
    awaitVerdict(id, Verdict.CONFIRMED);
    await("its predecessor's sessions end", () -> sessions() == 2);
  }

  private int sessions() {
    return worker.database.read(
        handle ->
            handle.createQuery("SELECT count(*) FROM broker_sessions").mapTo(int.class).one());
  }

  @Test
  void remembersWhatDevicesSayOfThemselves() throws InterruptedException {
    device.publish(HALL.sensitivity("siren"), bytes("40"), true);
    device.publish(HALL.siren(), bytes("ON"), true);
    device.publish(HALL.sensitivity("dog_bark"), bytes("101"), true);
    device.publish(HALL.state(), MessageCodec.toJson(StateMessage.offline()), true);

    await(
        "the device is known",
        () ->
            worker
                .devices
                .find("home", "hall")
                .filter(d -> d.siren() && d.state() != null)
                .filter(d -> Map.of("siren", 40).equals(d.sensitivities()))
                .isPresent());
    await("what made no sense is set aside", () -> worker.setAside.count() == 1);
  }

  @Test
  void aDeviceThatFloodsIsHeldBackAndOthersAreNot() throws Exception {
    worker.close();
    IngestLimits limits = new IngestLimits(2 << 20, Duration.ofSeconds(60), 5, 1, 5, 1, 100);
    worker =
        new Worker(
                "strict",
                broker.uri(),
                folder,
                new LoudnessVerifier("loudness"),
                new FolderClipStore(folder.resolve("clips")),
                with(limits, 64),
                Duration.ofSeconds(2))
            .start();
    awaitTaking();
    for (int i = 0; i < 20; i++) {
      tell(Samples.opened(Samples.id(), "dog_bark"));
    }
    tell(Samples.opened(Samples.id(), "smoke_alarm"));
    device.publish(
        "earshot/home/attic/event",
        MessageCodec.toJson(
            Samples.message(Samples.id(), "dog_bark", "home", "attic", Phase.OPENED, Samples.NOW)),
        false);

    await("seven are stored", () -> metric("earshot_received_total{kind=\"event\"}") == 7);
    await(
        "the others are refused",
        () -> metric("earshot_refused_total{kind=\"event\",reason=\"too_many\"}") == 15);
    assertThat(worker.setAside.count()).isEqualTo(5);
  }

  private static IngestSettings with(IngestLimits limits, int inFlight) {
    IngestSettings s = Worker.SETTINGS;
    return new IngestSettings(
        s.group(),
        s.eventThreads(),
        s.clipThreads(),
        inFlight,
        inFlight,
        s.lease(),
        s.sessionExpiry(),
        s.quiet(),
        s.firstRetry(),
        s.longestRetry(),
        limits);
  }

  @Test
  void aBrokerThatSendsMoreThanItIsAskedForLosesNothing() throws Exception {
    worker.close();
    worker =
        new Worker(
                "narrow",
                broker.uri(),
                folder,
                new LoudnessVerifier("loudness"),
                new FolderClipStore(folder.resolve("clips")),
                with(IngestLimits.usual(), 2),
                Duration.ofSeconds(2))
            .start();
    awaitTaking();
    Set<EventId> ids = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      EventId id = Samples.id();
      ids.add(id);
      tell(Samples.opened(id, "dog_bark"));
      send(id, LOUD);
    }

    for (EventId id : ids) {
      awaitVerdict(id, Verdict.CONFIRMED);
    }
    await("told", () -> metric("earshot_verdicts_total{verdict=\"confirmed\"}") == 40);
  }
}
