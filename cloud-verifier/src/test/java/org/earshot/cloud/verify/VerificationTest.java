package org.earshot.cloud.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.earshot.cloud.ingest.LoudnessVerifier;
import org.earshot.cloud.ingest.Sounds;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipRecord;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.Received;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.VerificationState;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;
import org.earshot.event.VerdictMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verification on a real SQLite database, with models that behave badly. */
class VerificationTest {
  private static final byte[] LOUD = Sounds.tone(0.5, 0.5);
  private static final VerificationSettings SETTINGS =
      new VerificationSettings(
          1,
          8,
          Duration.ofSeconds(60),
          Duration.ofMillis(400),
          2,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofMillis(10),
          Duration.ofSeconds(60));

  /** A model that obeys the label of the event; it hears what is loud otherwise. */
  private final class Moody implements Verifier {
    private final Verifier loudness = new LoudnessVerifier("moody-1");
    private final CountDownLatch released = new CountDownLatch(1);
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    @Override
    public String model() {
      return loudness.model();
    }

    @Override
    public Opinion judge(float[] samples, EventMessage event) {
      asked.merge(event.event(), 1, Integer::sum);
      switch (event.event()) {
        case "throws" -> throw new IllegalStateException("out of tune");
        case "fails" -> throw new StackOverflowError();
        case "nonsense" -> {
          return new Opinion(Verdict.CONFIRMED, Double.NaN, List.of());
        }
        case "hangs" -> awaitRelease();
        default -> {}
      }
      return loudness.judge(samples, event);
    }

    private void awaitRelease() {
      boolean done = false;
      while (!done) { // not even an interrupt ends it
        try {
          released.await();
          done = true;
        } catch (InterruptedException e) {
          interrupts.add(e);
        }
      }
    }
  }

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
  private final List<VerdictMessage> published = new CopyOnWriteArrayList<>();
  private final List<InterruptedException> interrupts = new CopyOnWriteArrayList<>();
  private final CloudMetrics metrics = new CloudMetrics();
  private final Health health = new Health(now::get);
  private final Moody model = new Moody();
  private final List<Verification> started = new ArrayList<>();
  private Database database;
  private JdbiHistory history;
  private ClipStore clips;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.sqlite(folder.resolve("history.db")));
    history = new JdbiHistory(database, List.of(), Samples.LIFE_SAFETY);
    clips = new FolderClipStore(folder.resolve("clips"));
  }

  @AfterEach
  void close() {
    model.released.countDown();
    started.forEach(verification -> verification.close(Duration.ofSeconds(10)));
    database.close();
  }

  private Verification start(String worker, VerificationSettings settings) {
    Verification verification =
        new Verification(
            worker,
            history,
            clips,
            database,
            model,
            (site, device, verdict) -> published.add(verdict),
            settings,
            this::tick,
            new Random(3),
            started.isEmpty() ? metrics : new CloudMetrics(), // one a process
            health);
    verification.start();
    started.add(verification);
    return verification;
  }

  /**
   * Time passes a little with each look at the clock, so that what is to wait does not for ever.
   */
  private Instant tick() {
    return now.updateAndGet(instant -> instant.plusMillis(20));
  }

  private EventKey event(String label, byte[] flac) {
    EventKey key = Samples.key(Samples.id());
    Instant received = now.get();
    history.receive(Samples.opened(key.id(), label), received, received.plusSeconds(30));
    if (flac != null) {
      clips.put(key, flac);
    }
    ClipRecord clip =
        new ClipRecord(key, "hall", 1000, "ab".repeat(32), Duration.ofMillis(500), received);
    assertThat(history.receive(clip)).isEqualTo(Received.STORED);
    return key;
  }

  private EventRecord awaitState(EventKey key, VerificationState state)
      throws InterruptedException {
    await(
        state + " of " + key,
        () -> history.find(key).orElseThrow().verification() == state,
        () -> history.find(key).toString());
    return history.find(key).orElseThrow();
  }

  @Test
  void judgesWhatItIsToldOfAndWhatItFinds() throws InterruptedException {
    EventKey found = event("dog_bark", LOUD);
    Verification verification = start("one", SETTINGS);
    awaitState(found, VerificationState.DONE);
    EventKey told = event("dog_bark", Sounds.tone(0.01, 0.5));
    assertThat(verification.offer(told, false)).isTrue();

    EventRecord judged = awaitState(told, VerificationState.DONE);

    assertThat(judged.judgement().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(judged.judgement().model()).isEqualTo("moody-1");
    await("both are told", () -> published.size() == 2);
    assertThat(published).extracting(VerdictMessage::id).containsExactly(found.id(), told.id());
  }

  @Test
  void aModelThatFailsOnAClipCostsThatClipOnly() throws InterruptedException {
    List<EventKey> bad =
        List.of(event("throws", LOUD), event("fails", LOUD), event("nonsense", LOUD));
    EventKey good = event("dog_bark", LOUD);
    start("one", SETTINGS);

    awaitState(good, VerificationState.DONE);
    for (EventKey key : bad) {
      assertThat(awaitState(key, VerificationState.GAVE_UP).judgement()).isNull();
    }
    assertThat(model.asked)
        .containsOnly(
            Map.entry("throws", 2),
            Map.entry("fails", 2),
            Map.entry("nonsense", 2),
            Map.entry("dog_bark", 1));
    EventKey next = event("dog_bark", LOUD);
    awaitState(next, VerificationState.DONE);
    await("well again", health::isWell);
    assertThat(published).extracting(VerdictMessage::id).containsExactly(good.id(), next.id());
  }

  @Test
  void aModelThatHangsOnAClipCostsThatClipOnly() throws InterruptedException {
    EventKey bad = event("hangs", LOUD);
    start("one", SETTINGS);
    EventKey good = event("dog_bark", LOUD);

    awaitState(good, VerificationState.DONE);
    awaitState(bad, VerificationState.GAVE_UP);

    assertThat(model.asked).containsEntry("hangs", 2);
    assertThat(interrupts).isNotEmpty();
  }

  @Test
  void stopsAskingAModelThatHangsAlways() throws InterruptedException {
    List<EventKey> bad = List.of(event("hangs", LOUD), event("hangs", LOUD));
    start("one", SETTINGS);

    await(
        "the problem is told",
        () ->
            health.problems().stream()
                .anyMatch(p -> p.part() == Part.VERIFIER && p.source().equals("hung")));
    assertThat(model.asked).containsEntry("hangs", 3); // a thread and two attempts
    EventKey good = event("dog_bark", LOUD);
    model.released.countDown();

    awaitState(good, VerificationState.DONE);
    assertThat(bad).hasSize(2);
  }

  @Test
  void givesUpWhatHasNoSoundAndWhatIsNoSound() throws InterruptedException {
    EventKey silent = event("dog_bark", null);
    EventKey broken = event("dog_bark", new byte[] {'f', 'L', 'a', 'C', 0});
    start("one", SETTINGS);

    awaitState(silent, VerificationState.GAVE_UP);
    awaitState(broken, VerificationState.GAVE_UP);

    assertThat(model.asked).isEmpty();
    assertThat(history.expire(now.get(), 10)).hasSize(2);
  }

  @Test
  void aClipThatEndsTheProcessIsGivenUpInTheEnd() throws InterruptedException {
    EventKey deadly = event("dog_bark", LOUD);
    Attempts attempts = new Attempts(database);
    assertThat(attempts.begin(deadly, now.get())).isEqualTo(1);
    assertThat(attempts.begin(deadly, now.get())).isEqualTo(2);

    start("one", SETTINGS);

    awaitState(deadly, VerificationState.GAVE_UP);
    assertThat(model.asked).isEmpty();
  }

  @Test
  void aVerdictThatComesAfterTheLeaseIsNotStored() throws InterruptedException {
    VerificationSettings patient =
        new VerificationSettings(
            1,
            8,
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofSeconds(60));
    EventKey key = event("hangs", LOUD);
    start("slow", patient);
    await("the model is asked", () -> model.asked.containsKey("hangs"));
    now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
    assertThat(history.claim(key, "other", tick(), Duration.ofMinutes(10))).isPresent();
    assertThat(history.judge(key, "other", Samples.judgement(Verdict.REJECTED))).isTrue();

    model.released.countDown();

    await("the loss is noticed", () -> metrics.page().contains("earshot_lease_losses_total 1"));
    assertThat(history.find(key).orElseThrow().judgement().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(published).isEmpty();
  }

  @Test
  void handsBackWhatItCannotFinish() throws InterruptedException {
    VerificationSettings patient =
        new VerificationSettings(
            1,
            8,
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofSeconds(60));
    EventKey key = event("hangs", LOUD);
    Verification first = start("first", patient);
    await("the model is asked", () -> model.asked.containsKey("hangs"));

    first.close(Duration.ofMillis(50));

    assertThat(history.find(key).orElseThrow().verification()).isEqualTo(VerificationState.READY);
    model.released.countDown();
    start("second", patient);
    awaitState(key, VerificationState.DONE);
    await("told once", () -> published.size() == 1);
  }

  @Test
  void whatIsOverdueIsUnverifiedOnceAndAVerdictMayFollow() throws InterruptedException {
    EventKey key = event("smoke_alarm", LOUD);
    Deadlines deadlines =
        new Deadlines(
            history,
            (site, device, verdict) -> published.add(verdict),
            now::get,
            Duration.ofMillis(10),
            metrics,
            health);
    now.updateAndGet(instant -> instant.plusSeconds(29));
    assertThat(deadlines.expire()).isZero();
    now.updateAndGet(instant -> instant.plusSeconds(1));

    assertThat(deadlines.expire()).isEqualTo(1);
    assertThat(deadlines.expire()).isZero();
    start("late", SETTINGS);
    awaitState(key, VerificationState.DONE);

    await("both are told", () -> published.size() == 2);
    assertThat(published)
        .extracting(VerdictMessage::verdict)
        .containsExactly(Verdict.UNVERIFIED, Verdict.CONFIRMED);
  }
}
