package org.earshot.cloud.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.store.VerificationState;
import org.earshot.event.EventId;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.Test;

/** What one worker does when something fails, or too much comes. */
class IngestFailureTest extends OneWorker {
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
