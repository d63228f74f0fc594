package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.store.Samples.LIFE_SAFETY;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.clip;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.message;
import static org.earshot.cloud.store.Samples.opened;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.earshot.event.EventId;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads and processes on one database. */
class ManyAtOnceTest {
  private static final int THREADS = 8;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    processes.forEach(Process::destroyForcibly);
  }

  private static DatabaseSettings patient(DatabaseSettings settings) {
    return new DatabaseSettings(
        settings.url(), settings.user(), settings.password(), THREADS, Duration.ofMinutes(1));
  }

  private static <T> List<T> results(List<Future<T>> futures) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get(2, TimeUnit.MINUTES));
    }
    return results;
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void eachOf500EventsIsClaimedByOneOf8ThreadsAnd2Processes(Databases kind) throws Exception {
    DatabaseSettings settings = patient(kind.fresh(folder));
    try (Database database = Database.open(settings)) {
      JdbiHistory history = new JdbiHistory(database, List.of(), LIFE_SAFETY);
      List<EventId> ids = IntStream.range(0, 500).mapToObj(i -> Samples.id()).toList();
      ready(database, ids.subList(0, 100));
      List<BufferedReader> others = List.of(start(settings, "p1"), start(settings, "p2"));
      for (BufferedReader other : others) {
        assertThat(other.readLine()).isEqualTo("ready");
      }
      // the others claim already what comes in now
      ready(database, ids.subList(100, 500));
      List<Future<List<String>>> claims = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String worker = "thread-" + i;
        claims.add(threads.submit(() -> ClaimingWorker.claimAll(history, worker)));
      }
      List<String> claimed = new ArrayList<>();
      results(claims).forEach(claimed::addAll);
      for (BufferedReader other : others) {
        other.lines().forEach(claimed::add);
      }
      // a process may have found nothing left before the last ones were ready
      claimed.addAll(ClaimingWorker.claimAll(history, "last"));
      assertThat(claimed)
          .containsExactlyInAnyOrderElementsOf(ids.stream().map(EventId::text).toList());
    }
  }

  /** In one transaction, which is much faster than one each. */
  private static void ready(Database database, List<EventId> ids) {
    database.write(
        handle -> {
          for (EventId id : ids) {
            EventWriter.insert(handle, opened(id, "siren"), NOW, NOW.plusSeconds(20), 0);
            EventWriter.insert(handle, clip(key(id)));
            EventWriter.settle(handle, key(id), NOW);
          }
          return ids.size();
        });
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatAKilledProcessHeldIsTakenOver(Databases kind) throws Exception {
    DatabaseSettings settings = patient(kind.fresh(folder));
    try (Database database = Database.open(settings)) {
      JdbiHistory history = new JdbiHistory(database, List.of(), LIFE_SAFETY);
      EventId id = Samples.id();
      ready(database, List.of(id));
      BufferedReader holder = start(settings, "holder", "hold");
      assertThat(holder.readLine()).isEqualTo("ready");
      assertThat(holder.readLine()).isEqualTo(id.text());
      Process process = processes.get(processes.size() - 1);
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      Duration lease = Duration.ofHours(1);
      assertThat(history.claim("heir", NOW.plus(lease).minusMillis(1), lease)).isEmpty();
      assertThat(history.claim("heir", NOW.plus(lease), lease)).isPresent();
      assertThat(history.judge(key(id), "heir", Samples.judgement(Verdict.CONFIRMED))).isTrue();
    }
  }

  private BufferedReader start(DatabaseSettings settings, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClaimingWorker.class.getName(), settings.url(), settings.user()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PASSWORD", settings.password());
    Process process = builder.start();
    processes.add(process);
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whateverTheOrderEveryEventIsWholeAndNoReaderLosesAChange(Databases kind) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ManyAtOnceTest: seed " + seed);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (Database database = Database.open(patient(kind.fresh(folder)))) {
      JdbiHistory history =
          new JdbiHistory(
              database,
              List.of((handle, event, change) -> told.add(event.key().id() + " " + change)),
              LIFE_SAFETY);
      List<EventId> ids = IntStream.range(0, 60).mapToObj(i -> Samples.id()).toList();
      List<Callable<Received>> deliveries = new ArrayList<>();
      for (EventId id : ids) {
        for (int copy = 0; copy < 2; copy++) {
          deliveries.add(() -> history.receive(opened(id, "siren"), NOW, NOW.plusSeconds(9)));
          deliveries.add(
              () ->
                  history.receive(
                      message(id, "siren", "home", "hall", Phase.ENDED, NOW.plusSeconds(4)),
                      NOW,
                      NOW.plusSeconds(9)));
          deliveries.add(() -> history.receive(clip(key(id))));
        }
      }
      Collections.shuffle(deliveries, new Random(seed));
      AtomicBoolean over = new AtomicBoolean();
      Future<List<History.ChangedEvent>> seen = threads.submit(() -> watch(history, over));
      List<Future<Received>> done = new ArrayList<>();
      ExecutorService deliverers = Executors.newFixedThreadPool(THREADS);
      for (Callable<Received> delivery : deliveries) {
        done.add(deliverers.submit(delivery));
      }
      deliverers.shutdown();
      assertThat(results(done)).containsOnly(Received.STORED, Received.REPEATED);
      over.set(true);
      List<History.ChangedEvent> changes = seen.get(1, TimeUnit.MINUTES);
      assertThat(changes)
          .extracting(History.ChangedEvent::position)
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(changes)
          .extracting(change -> change.key().id() + " " + change.change())
          .containsExactlyInAnyOrderElementsOf(told);
      for (EventId id : ids) {
        EventRecord event = history.find(key(id)).orElseThrow();
        assertThat(event.verification()).isEqualTo(VerificationState.READY);
        assertThat(event.latest().phase()).isEqualTo(Phase.ENDED);
        assertThat(event.clip()).isEqualTo(clip(key(id)));
      }
      assertThat(history.latestChange()).isEqualTo(changes.get(changes.size() - 1).position());
    }
  }

  /** Reads on until what was written before the end was told is read. */
  private static List<History.ChangedEvent> watch(History history, AtomicBoolean over) {
    List<History.ChangedEvent> seen = new ArrayList<>();
    long position = 0;
    while (true) {
      boolean last = over.get();
      List<History.ChangedEvent> page = history.changesAfter(position, 7);
      if (last && page.isEmpty()) {
        return seen;
      }
      for (History.ChangedEvent change : page) {
        position = change.position();
        seen.add(change);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void eachOverdueEventIsReturnedToOneOfMany(Databases kind) throws Exception {
    try (Database database = Database.open(patient(kind.fresh(folder)))) {
      JdbiHistory history = new JdbiHistory(database, List.of(), LIFE_SAFETY);
      List<EventId> ids = IntStream.range(0, 80).mapToObj(i -> Samples.id()).toList();
      ids.forEach(id -> history.receive(opened(id, "siren"), NOW, NOW.plusSeconds(9)));
      List<Future<List<String>>> expiries = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        expiries.add(threads.submit(() -> expireAll(history)));
      }
      List<String> expired = new ArrayList<>();
      results(expiries).forEach(expired::addAll);
      assertThat(expired)
          .containsExactlyInAnyOrderElementsOf(ids.stream().map(EventId::text).toList());
    }
  }

  private static List<String> expireAll(History history) {
    List<String> ids = new ArrayList<>();
    while (true) {
      List<EventRecord> some = history.expire(NOW.plusSeconds(9), 7);
      if (some.isEmpty()) {
        return ids;
      }
      some.forEach(event -> ids.add(event.key().id().text()));
    }
  }
}
