package org.earshot.cloud.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earshot.cloud.CloudCommands;
import org.earshot.cloud.ingest.Sounds;
import org.earshot.cloud.notify.WebServer;
import org.earshot.cloud.store.Change;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.EventFilter;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.VerificationState;
import org.earshot.event.EventId;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, in a process of its own that is killed and started again. */
class RestartTest {
  private static final int EVENTS = 60;
  private static final Topics HALL = new Topics(Installation.SITE, "hall");
  private static final Path MODELS = Path.of("..", "models");

  @TempDir Path folder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private MosquittoBroker broker;
  private WebServer hook;
  private Path config;
  private Database database;
  private History history;

  @BeforeEach
  void start() throws IOException {
    broker = with(Installation.broker(folder).start());
    hook = with(new WebServer());
    Path models = Files.createDirectory(folder.resolve("models"));
    copy(MODELS, models);
    RandomVerifier.write(Files.createDirectory(models.resolve("verifier")), 5);
    Path secret = Files.writeString(folder.resolve("hook.secret"), "of the tests");
    config =
        Files.writeString(
            folder.resolve("cloud.toml"),
            """
            [cloud]
            state = "%s"
            [broker]
            url = "%s"
            [web]
            port = 0
            [verify]
            models = "%s"
            threads = 1
            patience_seconds = 5
            deadline_seconds = 300
            [ingest]
            events = 1000
            clips = 1000
            %s
            """
                .formatted(
                    Files.createDirectory(folder.resolve("cloud")),
                    broker.uri(),
                    models,
                    Installation.webhook(hook.uri("/hook"), secret)));
    database =
        with(Database.open(DatabaseSettings.sqlite(folder.resolve("cloud").resolve("history.db"))));
    history = new JdbiHistory(database, List.of(), Set.of());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from.resolve("base.esb"), to.resolve("base.esb"));
    Path heads = Files.createDirectory(to.resolve("heads"));
    try (Stream<Path> files = Files.list(from.resolve("heads"))) {
      for (Path file : files.toList()) {
        Files.copy(file, heads.resolve(file.getFileName().toString()));
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).close();
    }
  }

  private <T extends AutoCloseable> T with(T part) {
    parts.add(part);
    return part;
  }

  /** Starts the command and waits until it says that it works. */
  private Process cloud(String log) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CloudCommands.class.getName(),
                "cloud",
                "--config",
                config.toString())
            .redirectError(folder.resolve(log).toFile())
            .start();
    parts.add(() -> process.destroyForcibly().waitFor());
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); ; line = out.readLine()) {
      assertThat(line).as("%s%n%s", said, Files.readString(folder.resolve(log))).isNotNull();
      said.append(line).append('\n');
      if (line.startsWith("verifier ")) {
        return process;
      }
    }
  }

  private Set<EventId> tell(MqttReader devices) {
    Set<EventId> ids = new TreeSet<>();
    for (int i = 0; i < EVENTS; i++) {
      EventId id = Samples.id();
      String event = i % 4 == 0 ? "smoke_alarm" : "dog_bark";
      devices.publish(HALL.event(), MessageCodec.toJson(Samples.opened(id, event)), false);
      devices.publish(HALL.clip(id), Sounds.tone(0.5, 4), false);
      ids.add(id);
    }
    return ids;
  }

  private List<EventRecord> events() {
    return history.find(EventFilter.all(Set.of(Installation.SITE), 2 * EVENTS));
  }

  private long done() {
    return events().stream()
        .filter(event -> event.verification() == VerificationState.DONE)
        .count();
  }

  @Test
  void killedInTheMiddleItLosesNothingAndTellsNothingTwice() throws Exception {
    Process first = cloud("first.log");
    Installation.awaitSubscribed(broker);
    MqttReader devices = with(new MqttReader(broker.port()));
    Set<EventId> ids = tell(devices);
    await("some verdicts", () -> done() >= 5);
    first.destroyForcibly().waitFor();
    long before = done();
    assertThat(before).as("killed in the middle").isBetween(5L, EVENTS - 1L);

    endLeasesOfNotices();
    cloud("second.log");

    await("a verdict on each", () -> done() == EVENTS, () -> done() + " done");
    assertThat(events())
        .extracting(event -> event.key().id())
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(judged()).containsOnlyKeys(ids).allSatisfy((id, times) -> assertThat(times).isOne());
    await("each is told with its verdict", () -> toldWithVerdict().equals(ids));
    assertNothingTwice();
  }

  /** As if two minutes had passed: others may deliver what the dead one had in hand. */
  private void endLeasesOfNotices() {
    var unused =
        database.write(
            handle -> handle.execute("UPDATE notices SET due_at = 0 WHERE holder IS NOT NULL"));
  }

  private Map<EventId, Integer> judged() {
    Map<EventId, Integer> judged = new HashMap<>();
    long position = 0;
    for (List<History.ChangedEvent> changes = history.changesAfter(position, 500);
        !changes.isEmpty();
        changes = history.changesAfter(position, 500)) {
      for (History.ChangedEvent change : changes) {
        position = change.position();
        if (change.change() == Change.JUDGED) {
          judged.merge(change.key().id(), 1, Integer::sum);
        }
      }
    }
    return judged;
  }

  private Set<EventId> toldWithVerdict() {
    return hook.requests().stream()
        .map(WebServer.Request::json)
        .filter(notice -> "confirmed".equals(notice.get("verdict")))
        .map(notice -> new EventId(notice.get("id")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What comes again has the key and the content of the first time, and no verdict on an event is
   * told under two keys.
   */
  private void assertNothingTwice() {
    Map<String, Map<String, String>> byKey = new HashMap<>();
    for (WebServer.Request request : hook.requests()) {
      Map<String, String> notice = request.json();
      assertThat(request.header("Idempotency-Key")).isEqualTo(notice.get("key"));
      Map<String, String> known = byKey.putIfAbsent(notice.get("key"), notice);
      assertThat(known == null ? notice : known).isEqualTo(notice);
    }
    Map<List<String>, List<String>> keys =
        byKey.values().stream()
            .collect(
                Collectors.groupingBy(
                    notice -> List.of(notice.get("id"), notice.get("verdict")),
                    Collectors.mapping(notice -> notice.get("key"), Collectors.toList())));
    assertThat(keys).allSatisfy((news, under) -> assertThat(under).hasSize(1));
  }
}
