package org.earshot.cloud.ingest;

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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
import org.earshot.event.Phase;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in processes of their own, one Mosquitto, one SQLite database. */
class WorkersTest {
  private static final int EVENTS = 200;

  /**
   * How far a worker's share may be from its even part, in percent. Who gets how much depends on
   * who runs when: 20 holds on a quiet machine ({@code -Dearshot.share=20}, docs/verifier.md); on a
   * busy one only that nobody stands idle.
   */
  private static final int SHARE_PERCENT = Integer.getInteger("earshot.share", 90);

  private static final byte[] LOUD = Sounds.tone(0.5, 0.5);

  @TempDir Path folder;
  private MosquittoBroker broker;
  private Database database;
  private History history;
  private MqttReader devices;
  private final List<Process> workers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    broker = MosquittoBroker.in(folder.resolve("broker"), "max_queued_messages 0").start();
    database = Database.open(DatabaseSettings.sqlite(folder.resolve("history.db")));
    history = new JdbiHistory(database, List.of(), Worker.LIFE_SAFETY);
    devices = new MqttReader(broker.port(), "earshot/+/+/verdict");
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process worker : workers) {
      worker.destroyForcibly().waitFor();
    }
    if (broker != null) {
      devices.close();
      database.close();
      broker.close();
    }
  }

  /**
   * Starts workers; they subscribe one after the other, so that event and clip take turns alike.
   */
  private void startWorkers(int number) throws IOException {
    int first = workers.size();
    for (int i = first; i < first + number; i++) {
      workers.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx160m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  WorkerProcess.class.getName(),
                  "worker" + i,
                  broker.uri().toString(),
                  folder.toString())
              .redirectError(folder.resolve("worker" + i + ".log").toFile())
              .start());
    }
    for (int i = first; i < first + number; i++) {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(workers.get(i).getInputStream(), StandardCharsets.UTF_8));
      assertThat(out.readLine()).as(log(i)).isEqualTo("made");
      workers.get(i).getOutputStream().write('\n');
      workers.get(i).getOutputStream().flush();
      assertThat(out.readLine()).as(log(i)).isEqualTo("ready");
    }
  }

  private String log(int worker) throws IOException {
    return Files.readString(folder.resolve("worker" + worker + ".log"));
  }

  /** Events of twenty devices of two homes, each with its clip, no faster than they are judged. */
  private Set<EventId> publishAndKeepPace(int number) throws InterruptedException {
    Set<EventId> ids = new TreeSet<>();
    while (ids.size() < number) {
      ids.addAll(publish(10));
      await("some are done", () -> ids.size() - done(ids) <= 30, this::state);
    }
    return ids;
  }

  private Set<EventId> publish(int number) {
    Set<EventId> ids = new TreeSet<>();
    for (int i = 0; i < number; i++) {
      EventId id = Samples.id();
      Topics topics = new Topics("home" + i % 2, "device" + i % 20);
      ids.add(id);
      devices.publish(
          topics.event(),
          MessageCodec.toJson(
              Samples.message(
                  id, "dog_bark", topics.site(), topics.device(), Phase.OPENED, Samples.NOW)),
          false);
      devices.publish(topics.clip(id), LOUD, false);
    }
    return ids;
  }

  private List<EventRecord> events() {
    return history.find(EventFilter.all(Set.of("home0", "home1"), 500));
  }

  private long done(Set<EventId> ids) {
    return events().stream()
        .filter(event -> ids.contains(event.key().id()))
        .filter(event -> event.verification() == VerificationState.DONE)
        .count();
  }

  private void awaitDone(Set<EventId> ids) throws InterruptedException {
    await("a verdict on each", () -> done(ids) == ids.size(), this::state);
  }

  private String state() {
    return events().stream()
        .collect(Collectors.groupingBy(EventRecord::verification, Collectors.counting()))
        .toString();
  }

  /** Every event was judged once, and its device was told so. */
  private void assertOneVerdictEach(Set<EventId> ids) {
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
    assertThat(judged.keySet()).containsAll(ids);
    assertThat(judged.values()).containsOnly(1);
  }

  private Map<String, Long> share(Set<EventId> ids) {
    return events().stream()
        .filter(event -> ids.contains(event.key().id()))
        .collect(
            Collectors.groupingBy(
                event -> event.judgement().model(), TreeMap::new, Collectors.counting()));
  }

  private static void assertShared(Map<String, Long> share, int workers) {
    System.out.println("verdicts by worker: " + share);
    assertThat(share).hasSize(workers);
    double even = EVENTS / (double) workers;
    assertThat(share.values())
        .allMatch(part -> Math.abs(part - even) <= even * SHARE_PERCENT / 100, share.toString());
  }

  @Test
  void twoWorkersShareTheWork() throws Exception {
    startWorkers(2);

    Set<EventId> ids = publishAndKeepPace(EVENTS);
    awaitDone(ids);

    assertOneVerdictEach(ids);
    devices.await("all verdicts", all -> all.size() == EVENTS);
    assertShared(share(ids), 2);
  }

  @Test
  void fourWorkersShareTheWorkAndOneThatIsKilledLosesNothing() throws Exception {
    startWorkers(4);

    Set<EventId> ids = publishAndKeepPace(EVENTS);
    awaitDone(ids);
    assertOneVerdictEach(ids);
    assertShared(share(ids), 4);

    Set<EventId> more = publish(EVENTS / 2);
    workers.get(1).destroyForcibly();
    more.addAll(publish(EVENTS / 2));
    workers.get(1).waitFor();
    awaitDone(more);
    assertOneVerdictEach(more);
    await("the dead one's sessions are ended", () -> sessions() == 6);
    assertThat(events()).hasSize(2 * EVENTS);

    workers.get(2).getOutputStream().close(); // ends well
    assertThat(workers.get(2).waitFor(60, TimeUnit.SECONDS)).isTrue();
    await("its sessions are ended", () -> sessions() == 4);
  }

  private int sessions() {
    return database.read(
        handle ->
            handle.createQuery("SELECT count(*) FROM broker_sessions").mapTo(int.class).one());
  }
}
