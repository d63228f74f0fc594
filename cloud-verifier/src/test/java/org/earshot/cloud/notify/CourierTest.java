package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.store.Samples.LIFE_SAFETY;
import static org.earshot.cloud.store.Samples.clip;
import static org.earshot.cloud.store.Samples.id;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.opened;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.Databases;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.Judgement;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Couriers with their threads, several on one database. */
class CourierTest {
  private static final int EVENTS = 40;

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final List<AutoCloseable> open = new ArrayList<>();
  private WebServer receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new WebServer();
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    receiver.close();
  }

  private Database open(DatabaseSettings settings) {
    Database database = Database.open(settings);
    open.add(database);
    return database;
  }

  private JdbiHistory history(Database database, Runnable queued, String... channels) {
    NoticeRules rules =
        new NoticeRules(
            Arrays.stream(channels).map(name -> new ChannelScope(name, Set.of(), true)).toList(),
            List.of(),
            LIFE_SAFETY);
    return new JdbiHistory(database, List.of(new NoticeQueue(rules, clock, queued)), LIFE_SAFETY);
  }

  private Courier courier(
      Database database, String worker, Duration poll, Duration grace, Channel... channels) {
    CourierSettings usual = CourierSettings.defaults();
    Courier courier =
        new Courier(
            database,
            List.of(channels),
            Notices.WORDING,
            new CourierSettings(
                2,
                usual.lease(),
                usual.firstDelay(),
                usual.longestDelay(),
                usual.longestUrgentDelay(),
                usual.maxAge(),
                poll,
                grace),
            clock,
            new Random(7),
            worker);
    open.add(courier);
    return courier;
  }

  private Channel hook(String name, String path) {
    return new WebhookChannel(
        WebhookSettings.of(name, receiver.uri(path)),
        Secret.of("s3cret"),
        new FolderClipStore(folder.resolve("clips")),
        clock);
  }

  private EventId hear(JdbiHistory history) {
    EventId id = id();
    Instant now = clock.instant();
    history.receive(opened(id, "smoke_alarm"), now, now.plusSeconds(20));
    return id;
  }

  @ParameterizedTest
  @EnumSource
  void twoCouriersOnOneDatabaseDeliverEachNoticeOnce(Databases kind) throws Exception {
    DatabaseSettings settings = kind.fresh(folder);
    Database first = open(settings);
    Database second = open(settings);
    JdbiHistory history = history(first, () -> {}, "hook");
    Set<String> heard = new HashSet<>();
    for (int i = 0; i < EVENTS; i++) {
      heard.add(hear(history).text());
    }
    Duration poll = Duration.ofMillis(50);
    courier(first, "w1", poll, Duration.ofSeconds(30), hook("hook", "/w1")).start();
    courier(second, "w2", poll, Duration.ofSeconds(30), hook("hook", "/w2")).start();

    receiver.await(requests -> requests.size() >= EVENTS);
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i) instanceof Courier courier) {
        courier.close(); // finishes what is under way
      }
    }
    assertThat(receiver.requests())
        .extracting(request -> request.json().get("id"))
        .containsExactlyInAnyOrderElementsOf(heard);
  }

  @ParameterizedTest
  @EnumSource
  void whileVerdictsComeEachEventIsToldOnceAndThenUpdatedInOrder(Databases kind) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    DatabaseSettings settings = kind.fresh(folder);
    Database first = open(settings);
    Database second = open(settings);
    JdbiHistory history = history(first, () -> {}, "hook");
    Duration poll = Duration.ofMillis(50);
    courier(first, "w1", poll, Duration.ofSeconds(30), hook("hook", "/w1")).start();
    courier(second, "w2", poll, Duration.ofSeconds(30), hook("hook", "/w2")).start();
    List<EventId> waiting = new ArrayList<>();
    int heard = 0;
    while (heard < EVENTS || !waiting.isEmpty()) {
      if (heard < EVENTS && (waiting.isEmpty() || random.nextBoolean())) {
        waiting.add(hear(history));
        heard++;
      } else {
        confirm(history, waiting.remove(random.nextInt(waiting.size())));
      }
    }

    List<WebServer.Request> requests =
        receiver.await(all -> events(all, "confirmed").size() == EVENTS);
    Map<String, List<WebServer.Request>> byEvent =
        requests.stream().collect(Collectors.groupingBy(request -> request.json().get("id")));
    assertThat(byEvent).hasSize(EVENTS);
    assertThat(byEvent.values())
        .allSatisfy(
            notices -> {
              assertThat(notices)
                  .extracting(notice -> notice.json().get("stage"))
                  .isIn(List.of("told"), List.of("told", "updated"));
              assertThat(notices)
                  .last()
                  .extracting(notice -> notice.json().get("verdict"))
                  .isEqualTo("confirmed");
            });
  }

  private static Set<String> events(List<WebServer.Request> requests, String verdict) {
    return requests.stream()
        .map(WebServer.Request::json)
        .filter(json -> verdict.equals(json.get("verdict")))
        .map(json -> json.get("id"))
        .collect(Collectors.toSet());
  }

  private void confirm(JdbiHistory history, EventId id) {
    Instant now = clock.instant();
    history.receive(clip(key(id)));
    history.claim(key(id), "v1", now, Duration.ofMinutes(5));
    history.judge(
        key(id), "v1", new Judgement(Verdict.CONFIRMED, 0.97, "verifier-3", now, List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void aQueuedNoticeWakesTheCourierOfItsProcess(Databases kind) throws Exception {
    Database database = open(kind.fresh(folder));
    AtomicReference<Courier> woken = new AtomicReference<>();
    JdbiHistory history = history(database, () -> woken.get().wake(), "hook");
    Duration never = Duration.ofMinutes(1);
    woken.set(courier(database, "w1", never, Duration.ofSeconds(30), hook("hook", "/")));
    woken.get().start();
    EventId first = hear(history);
    receiver.await(requests -> requests.size() == 1);
    EventId second = hear(history);

    assertThat(receiver.await(requests -> requests.size() == 2))
        .extracting(request -> request.json().get("id"))
        .containsExactly(first.text(), second.text());
  }

  @ParameterizedTest
  @EnumSource
  void aChannelThatHangsHoldsBackNoOther(Databases kind) throws Exception {
    Database database = open(kind.fresh(folder));
    JdbiHistory history = history(database, () -> {}, "hangs", "works");
    try (WebServer deaf = new WebServer()) {
      deaf.usually(deaf.never());
      Channel hangs =
          new WebhookChannel(
              WebhookSettings.of("hangs", deaf.uri("/")),
              Secret.of("s3cret"),
              new FolderClipStore(folder.resolve("clips")),
              clock);
      Courier courier =
          courier(
              database,
              "w1",
              Duration.ofMillis(50),
              Duration.ofMillis(1),
              hangs,
              hook("works", "/"));
      for (int i = 0; i < 3; i++) {
        hear(history);
      }
      courier.start();

      receiver.await(requests -> requests.size() == 3);
      deaf.await(requests -> requests.size() >= 2); // both of its threads
      courier.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingHandsBackWhatItCannotFinish(Databases kind) throws Exception {
    Database database = open(kind.fresh(folder));
    JdbiHistory history = history(database, () -> {}, "hook");
    EventId id = hear(history);
    receiver.plan(receiver.never());
    Courier first =
        courier(database, "w1", Duration.ofMillis(50), Duration.ofMillis(1), hook("hook", "/"));
    first.start();
    receiver.await(requests -> requests.size() == 1);
    first.close();

    Courier second =
        courier(database, "w2", Duration.ofMillis(50), Duration.ofSeconds(30), hook("hook", "/"));
    assertThat(second.deliverDue()).isEqualTo(1); // long before the lease is over
    assertThat(receiver.last().json()).containsEntry("id", id.text());
    history.delete(key(id), "anna", "asked", clock.instant());
    assertThat(second.deliverDue()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void goesOnAfterTheDatabaseWasAway(Databases kind) throws Exception {
    DatabaseSettings settings = kind.fresh(folder);
    Database database = open(settings);
    JdbiHistory history = history(database, () -> {}, "hook");
    Courier courier =
        courier(database, "w1", Duration.ofMillis(50), Duration.ofSeconds(30), hook("hook", "/"));
    rename(database, "notices", "away");
    courier.start();
    rename(database, "away", "notices");
    hear(history);

    assertThat(receiver.await(requests -> requests.size() == 1)).hasSize(1);
  }

  private static void rename(Database database, String from, String to) {
    database.write(transaction -> transaction.execute("ALTER TABLE " + from + " RENAME TO " + to));
  }
}
