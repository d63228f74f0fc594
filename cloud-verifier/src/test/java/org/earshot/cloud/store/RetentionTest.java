package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.LIFE_SAFETY;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.opened;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earshot.event.EventId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private final List<EventId> told = new ArrayList<>();
  private Database database;
  private JdbiHistory history;
  private FolderClipStore clips;
  private Deletion deletion;

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private void open(Databases kind) {
    database = kind.open(folder);
    history = new JdbiHistory(database, List.of(), LIFE_SAFETY);
    clips = new FolderClipStore(folder.resolve("clips"));
    deletion = new Deletion(database, history, clips, (site, device, id) -> told.add(id));
  }

  private Retention retention(long clipBytes, Map<String, Duration> ages, int atOnce) {
    return new Retention(
        database,
        deletion,
        new RetentionSettings(
            DAY.multipliedBy(30), ages, clipBytes, DAY, DAY.multipliedBy(2), DAY, atOnce));
  }

  private EventId stored(String event, Instant at) {
    EventId id = Samples.id();
    history.receive(opened(id, event), at, at);
    lone(id, at);
    return id;
  }

  private void lone(EventId id, Instant at) {
    clips.put(key(id), new byte[100]);
    history.receive(new ClipRecord(key(id), "hall", 100, "00", Duration.ofSeconds(1), at));
  }

  private List<EventId> left() {
    return history.find(EventFilter.all(Set.of("home"), 100)).stream()
        .map(event -> event.key().id())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void eachEventGoesWhenItIsAsOldAsItsLabelMayBe(Databases kind) {
    open(kind);
    EventId old = stored("siren", NOW.minus(DAY.multipliedBy(31)));
    EventId young = stored("siren", NOW.minus(DAY.multipliedBy(29)));
    EventId dog = stored("dog_bark", NOW.minus(DAY.multipliedBy(6)));
    EventId smoke = stored("smoke_alarm", NOW.minus(DAY.multipliedBy(300)));
    Retention retention =
        retention(
            0, Map.of("dog_bark", DAY.multipliedBy(5), "smoke_alarm", DAY.multipliedBy(365)), 100);
    assertThat(retention.run(NOW)).isEqualTo(new Retention.Report(2, 0, false));
    assertThat(left()).containsExactly(young, smoke);
    assertThat(told).containsExactlyInAnyOrder(old, dog);
    assertThat(clips.list(null, 10)).containsExactlyInAnyOrder(key(young), key(smoke));
    assertThat(new JdbiAudit(database).latest(Set.of("home"), 10))
        .extracting(line -> line.who() + " " + line.action() + " " + line.detail())
        .containsOnly("retention event_deleted too old");
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void oldestGoWhenClipsTakeTooMuch(Databases kind) {
    open(kind);
    EventId first = stored("siren", NOW.minusSeconds(40));
    EventId second = stored("siren", NOW.minusSeconds(30));
    EventId third = stored("siren", NOW.minusSeconds(20));
    assertThat(retention(300, Map.of(), 100).run(NOW).events()).isZero();
    assertThat(retention(299, Map.of(), 100).run(NOW).events()).isEqualTo(1);
    assertThat(left()).containsExactly(second, third);
    assertThat(retention(1, Map.of(), 100).run(NOW).events()).isEqualTo(2);
    assertThat(left()).isEmpty();
    assertThat(told).containsExactly(first, second, third);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void oneCallDeletesNoMoreThanItsBound(Databases kind) {
    open(kind);
    for (int i = 0; i < 5; i++) {
      stored("siren", NOW.minus(DAY.multipliedBy(40 + i)));
    }
    Retention retention = retention(0, Map.of(), 3);
    assertThat(retention.run(NOW)).isEqualTo(new Retention.Report(3, 0, true));
    assertThat(retention.run(NOW)).isEqualTo(new Retention.Report(2, 0, false));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void clipWhoseEventNeverCameGoes(Databases kind) {
    open(kind);
    EventId old = Samples.id();
    lone(old, NOW.minus(DAY).minusSeconds(1));
    EventId young = Samples.id();
    lone(young, NOW.minus(DAY));
    assertThat(retention(0, Map.of(), 9).run(NOW)).isEqualTo(new Retention.Report(0, 1, false));
    assertThat(clips.list(null, 10)).containsExactly(key(young));
    assertThat(history.receive(opened(old, "siren"), NOW, NOW)).isEqualTo(Received.DELETED);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void tombstonesChangesAndAuditGoInTheEnd(Databases kind) {
    open(kind);
    EventId id = stored("siren", NOW);
    deletion.delete(key(id), "anna", "by hand", NOW);
    long latest = history.latestChange();
    Retention retention = retention(0, Map.of(), 9);
    retention.run(NOW.plus(DAY));
    assertThat(history.receive(opened(id, "siren"), NOW, NOW)).isEqualTo(Received.DELETED);
    assertThat(history.changesAfter(0, 10)).hasSize(3);
    retention.run(NOW.plus(DAY.multipliedBy(2)).plusSeconds(1));
    assertThat(history.receive(opened(id, "siren"), NOW, NOW)).isEqualTo(Received.STORED);
    assertThat(new JdbiAudit(database).latest(Set.of("home"), 10)).isEmpty();
    assertThat(history.changesAfter(0, 10))
        .hasSize(2)
        .first()
        .satisfies(change -> assertThat(change.position()).isEqualTo(latest));
    assertThat(history.latestChange()).isGreaterThan(latest);
  }

  @Test
  void settingsOutOfBoundsAreNamed() {
    assertThatThrownBy(
            () -> new RetentionSettings(Duration.ofMinutes(5), Map.of(), 0, DAY, DAY, DAY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("age PT5M; wanted PT1H or more");
  }
}
