package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.store.Samples.LIFE_SAFETY;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.clip;
import static org.earshot.cloud.store.Samples.id;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.opened;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.earshot.cloud.store.ChangeListener;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.Databases;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.Judgement;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A history, its queue and a courier whose only channel is a webhook of the test's own. */
abstract class DeliveryFixture {
  static final Duration LEASE = Duration.ofMinutes(2);
  static final Wording WORDING =
      new Wording(Map.of(), new Home("", ZoneOffset.UTC), URI.create("https://earshot.example"));

  // migrations take longer than all else: one database of each kind serves all tests
  @TempDir private static Path databases;
  private static final Map<Databases, DatabaseSettings> SETTINGS = new EnumMap<>(Databases.class);
  private static final Map<Databases, Database> OPEN = new EnumMap<>(Databases.class);

  @TempDir private Path folder;
  final TestClock clock = new TestClock(NOW);
  WebServer receiver;
  Database database;
  JdbiHistory history;
  Courier courier;

  @BeforeEach
  void start() throws IOException {
    receiver = new WebServer();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @AfterAll
  static void closeDatabases() {
    OPEN.values().forEach(Database::close);
    OPEN.clear();
    SETTINGS.clear(); // their folder goes with the class
  }

  /** As after the end of the process. */
  void restart(Databases kind) {
    OPEN.remove(kind).close();
    use(Database.open(SETTINGS.get(kind)));
    OPEN.put(kind, database);
  }

  void open(Databases kind, ChangeListener... more) {
    SETTINGS.computeIfAbsent(kind, wanted -> wanted.fresh(databases));
    use(OPEN.computeIfAbsent(kind, wanted -> Database.open(SETTINGS.get(kind))), more);
    database.write(transaction -> transaction.execute("DELETE FROM notices"));
    database.write(transaction -> transaction.execute("DELETE FROM events"));
  }

  void use(Database opened, ChangeListener... more) {
    database = opened;
    NoticeRules rules =
        new NoticeRules(List.of(new ChannelScope("hook", Set.of(), true)), List.of(), LIFE_SAFETY);
    NoticeQueue queue = new NoticeQueue(rules, clock, () -> {});
    history =
        new JdbiHistory(
            database, Stream.concat(Stream.of(queue), Stream.of(more)).toList(), LIFE_SAFETY);
    courier = courier("w1");
  }

  Courier courier(String worker) {
    WebhookChannel channel =
        new WebhookChannel(
            WebhookSettings.of("hook", receiver.uri("/notices")),
            Secret.of("s3cret"),
            new FolderClipStore(folder.resolve("clips")),
            clock);
    return new Courier(
        database,
        List.of(channel),
        WORDING,
        CourierSettings.defaults(),
        clock,
        new Random(5),
        worker);
  }

  EventId hear(String event) {
    EventId id = id();
    history.receive(opened(id, event), clock.instant(), clock.instant().plusSeconds(20));
    return id;
  }

  void judge(EventId id, Verdict verdict, double probability) {
    history.receive(clip(key(id)));
    assertThat(history.claim(key(id), "v1", clock.instant(), LEASE)).isPresent();
    assertThat(
            history.judge(
                key(id),
                "v1",
                new Judgement(verdict, probability, "verifier-3", clock.instant(), List.of())))
        .isTrue();
  }

  List<String> texts() {
    return receiver.requests().stream()
        .map(WebServer.Request::json)
        .map(json -> json.get("stage") + ": " + json.getOrDefault("text", ""))
        .map(text -> text.replaceAll(" Listen: .*", ""))
        .toList();
  }

  List<Map<String, Object>> rows() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM notices")
                .map(
                    (row, context) -> {
                      Map<String, Object> values = new HashMap<>();
                      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.put(row.getMetaData().getColumnName(i), row.getObject(i));
                      }
                      return values;
                    })
                .list());
  }
}
