package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.message;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.earshot.event.EventId;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventSearchTest {
  private static final Set<String> NONE = Set.of();

  @TempDir Path folder;
  private Database database;
  private History history;

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private void open(Databases kind) {
    database = kind.open(folder);
    history = new JdbiHistory(database, List.of(), Set.of());
  }

  private EventId stored(String site, String device, String event, Instant onset) {
    EventId id = Samples.id();
    history.receive(
        Samples.withOnset(message(id, event, site, device, Phase.OPENED, NOW), onset), NOW, NOW);
    return id;
  }

  private List<EventId> ids(EventFilter filter) {
    return history.find(filter).stream().map(event -> event.key().id()).toList();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void eachPartOfTheFilterNarrows(Databases kind) {
    open(kind);
    EventId a = stored("home", "hall", "siren", NOW);
    EventId b = stored("home", "attic", "siren", NOW.plusSeconds(1));
    EventId c = stored("home", "hall", "dog_bark", NOW.plusSeconds(2));
    EventId d = stored("cabin", "hall", "dog_bark", NOW.plusSeconds(3));
    Set<String> both = Set.of("home", "cabin");
    assertThat(ids(EventFilter.all(both, 10))).containsExactly(d, c, b, a);
    assertThat(ids(EventFilter.all(Set.of("home"), 2))).containsExactly(c, b);
    assertThat(ids(EventFilter.all(Set.of("' OR 1=1 --"), 10))).isEmpty();
    assertThat(ids(new EventFilter(both, Set.of("siren"), NONE, Set.of(), null, null, null, 9)))
        .containsExactly(b, a);
    assertThat(ids(new EventFilter(both, NONE, Set.of("hall"), Set.of(), null, null, null, 9)))
        .containsExactly(d, c, a);
    assertThat(
            ids(
                new EventFilter(
                    both, NONE, NONE, Set.of(), NOW.plusSeconds(1), NOW.plusSeconds(3), null, 9)))
        .containsExactly(c, b);
    history.receive(Samples.clip(Samples.key(a)));
    history.claim("w", NOW, Duration.ofSeconds(1));
    history.judge(Samples.key(a), "w", Samples.judgement(Verdict.REJECTED));
    assertThat(
            ids(new EventFilter(both, NONE, NONE, Set.of(Verdict.REJECTED), null, null, null, 9)))
        .containsExactly(a);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void pagesMeetWithoutGapOrRepeatEvenWhenTheLastOneWasDeleted(Databases kind) {
    open(kind);
    List<EventId> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(0, stored("home", "hall", "siren", NOW.plusSeconds(i / 3))); // three share an onset
    }
    List<EventId> read = new ArrayList<>();
    EventId before = null;
    while (true) {
      List<EventId> page =
          ids(new EventFilter(Set.of("home"), NONE, NONE, Set.of(), null, null, before, 2));
      if (page.isEmpty()) {
        break;
      }
      read.addAll(page);
      before = page.get(page.size() - 1);
      history.delete(Samples.key(before), "anna", "by hand", NOW);
    }
    assertThat(read).containsExactlyElementsOf(all);
  }

  @Test
  void limitOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> EventFilter.all(NONE, 501))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("501");
  }
}
