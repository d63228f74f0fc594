package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.LIFE_SAFETY;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.clip;
import static org.earshot.cloud.store.Samples.id;
import static org.earshot.cloud.store.Samples.judgement;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.message;
import static org.earshot.cloud.store.Samples.opened;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiHistoryTest {
  private static final Instant DEADLINE = NOW.plusSeconds(20);
  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Database database;
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private JdbiHistory history(Databases kind) {
    database = kind.open(folder);
    return new JdbiHistory(
        database,
        List.of((transaction, event, change) -> told.add(change + " " + event.key().id())),
        LIFE_SAFETY);
  }

  private static Received tell(History history, EventMessage message) {
    return history.receive(message, NOW, DEADLINE);
  }

  @ParameterizedTest
  @EnumSource
  void eventThenClipThenVerdict(Databases kind) {
    History history = history(kind);
    EventId id = id();
    assertThat(tell(history, opened(id, "siren"))).isEqualTo(Received.STORED);
    assertThat(history.find(key(id)).orElseThrow())
        .isEqualTo(
            new EventRecord(
                key(id),
                opened(id, "siren"),
                NOW,
                DEADLINE,
                null,
                VerificationState.WAITING,
                null,
                null));
    assertThat(history.claim("w1", NOW, LEASE)).isEmpty();

    assertThat(history.receive(clip(key(id)))).isEqualTo(Received.STORED);
    EventRecord claimed = history.claim("w1", NOW, LEASE).orElseThrow();
    assertThat(claimed.verification()).isEqualTo(VerificationState.CLAIMED);
    assertThat(claimed.clip()).isEqualTo(clip(key(id)));
    assertThat(history.claim("w2", NOW, LEASE)).isEmpty();
    assertThat(history.claim(key(id), "w2", NOW, LEASE)).isEmpty();
    assertThat(history.judge(key(id), "w2", judgement(Verdict.REJECTED))).isFalse();

    assertThat(history.judge(key(id), "w1", judgement(Verdict.CONFIRMED))).isTrue();
    assertThat(history.judge(key(id), "w1", judgement(Verdict.REJECTED))).isFalse();
    EventRecord judged = history.find(key(id)).orElseThrow();
    assertThat(judged.judgement()).isEqualTo(judgement(Verdict.CONFIRMED));
    assertThat(judged.verification()).isEqualTo(VerificationState.DONE);
    assertThat(told).containsExactly("OPENED " + id, "CLIP " + id, "JUDGED " + id);
    assertThat(history.expire(DEADLINE, 10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void clipMayComeBeforeItsEvent(Databases kind) {
    History history = history(kind);
    EventId id = id();
    assertThat(history.receive(clip(key(id)))).isEqualTo(Received.STORED);
    assertThat(history.find(key(id))).isEmpty();
    assertThat(told).isEmpty();
    tell(history, opened(id, "siren"));
    assertThat(history.find(key(id)).orElseThrow().verification())
        .isEqualTo(VerificationState.READY);
    assertThat(history.claim("w1", NOW, LEASE)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void whatComesTwiceIsRepeatedAndChangesNothing(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    history.receive(clip(key(id)));
    EventRecord before = history.find(key(id)).orElseThrow();
    assertThat(history.receive(opened(id, "siren"), NOW.plusSeconds(9), NOW.plusSeconds(99)))
        .isEqualTo(Received.REPEATED);
    assertThat(history.foresee(clip(key(id)))).isEqualTo(Received.REPEATED);
    assertThat(history.receive(clip(key(id)))).isEqualTo(Received.REPEATED);
    assertThat(history.find(key(id))).contains(before);
    assertThat(told).containsExactly("OPENED " + id, "CLIP " + id);
  }

  @ParameterizedTest
  @EnumSource
  void endedBeforeOpenedStaysEnded(Databases kind) {
    History history = history(kind);
    EventId id = id();
    EventMessage ended = message(id, "siren", "home", "hall", Phase.ENDED, NOW.plusSeconds(4));
    assertThat(tell(history, ended)).isEqualTo(Received.STORED);
    assertThat(tell(history, opened(id, "siren"))).isEqualTo(Received.REPEATED);
    assertThat(history.find(key(id)).orElseThrow().latest()).isEqualTo(ended);
    assertThat(told).containsExactly("OPENED " + id, "ENDED " + id);
  }

  @ParameterizedTest
  @EnumSource
  void laterMessageUpdatesButOnsetAndModeStay(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    EventMessage later =
        new EventMessage(
            id,
            "dog_bark",
            Phase.UPDATED,
            NOW.plusSeconds(5),
            NOW.minusSeconds(50),
            null,
            0.99,
            "cellar",
            "home",
            80,
            true,
            3,
            "home",
            "hall",
            "2026.2");
    assertThat(tell(history, later)).isEqualTo(Received.STORED);
    EventMessage latest = history.find(key(id)).orElseThrow().latest();
    assertThat(latest.onset()).isEqualTo(NOW.minusSeconds(1));
    assertThat(latest.mode()).isEqualTo("away");
    assertThat(latest.sensitivity()).isEqualTo(50);
    assertThat(latest.event()).isEqualTo("siren");
    assertThat(latest.posterior()).isEqualTo(0.99);
    assertThat(latest.phase()).isEqualTo(Phase.UPDATED);
    assertThat(latest.suppressedBefore()).isEqualTo(3);
    assertThat(told).containsExactly("OPENED " + id, "UPDATED " + id);
  }

  @ParameterizedTest
  @EnumSource
  void withoutClipNothingIsExpected(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, Samples.withoutClip(opened(id, "siren")));
    assertThat(history.find(key(id)).orElseThrow().verification())
        .isEqualTo(VerificationState.NOT_EXPECTED);
    history.receive(clip(key(id))); // it comes nevertheless
    assertThat(history.find(key(id)).orElseThrow().verification())
        .isEqualTo(VerificationState.READY);
  }

  @ParameterizedTest
  @EnumSource
  void anotherDeviceCannotTakeAnId(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    EventMessage other = message(id, "siren", "home", "attic", Phase.ENDED, NOW.plusSeconds(9));
    assertThat(tell(history, other)).isEqualTo(Received.FOREIGN);
    ClipRecord clip = new ClipRecord(key(id), "attic", 1, "00", Duration.ZERO, NOW);
    assertThat(history.foresee(clip)).isEqualTo(Received.FOREIGN);
    assertThat(history.receive(clip)).isEqualTo(Received.FOREIGN);

    EventId early = id();
    history.receive(clip(key(early)));
    assertThat(tell(history, message(early, "siren", "home", "attic", Phase.OPENED, NOW)))
        .isEqualTo(Received.FOREIGN);
  }

  @ParameterizedTest
  @EnumSource
  void sameIdInTwoSitesIsTwoEvents(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    EventMessage other = message(id, "dog_bark", "other", "hall", Phase.OPENED, NOW);
    assertThat(tell(history, other)).isEqualTo(Received.STORED);
    history.delete(key(id), "anna", "by hand", NOW);
    assertThat(history.find(new EventKey("other", id)).orElseThrow().latest()).isEqualTo(other);
    assertThat(history.find(EventFilter.all(Set.of("home"), 10))).isEmpty();
    assertThat(history.find(EventFilter.all(Set.of(), 10))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void deletedStaysDeleted(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    history.receive(clip(key(id)));
    EventRecord before = history.find(key(id)).orElseThrow();
    assertThat(history.delete(key(id), "anna", "by hand", NOW)).contains(before);
    assertThat(history.delete(key(id), "anna", "by hand", NOW)).isEmpty();
    assertThat(history.find(key(id))).isEmpty();
    assertThat(history.foresee(clip(key(id)))).isEqualTo(Received.DELETED);
    assertThat(history.receive(clip(key(id)))).isEqualTo(Received.DELETED);
    assertThat(tell(history, opened(id, "siren"))).isEqualTo(Received.DELETED);
    assertThat(history.answer(key(id), new Answer(Answer.Kind.WAS_IT, "", "anna", NOW))).isFalse();
    assertThat(history.claim("w1", NOW, LEASE)).isEmpty();
    assertThat(told).containsExactly("OPENED " + id, "CLIP " + id, "DELETED " + id);
    assertThat(new JdbiAudit(database).latest(Set.of("home"), 10))
        .containsExactly(
            new Audit.Line(NOW, "home", "anna", "event_deleted", id.text(), "by hand"));
  }

  @ParameterizedTest
  @EnumSource
  void lifeSafetyIsClaimedFirstThenTheOldest(Databases kind) {
    History history = history(kind);
    EventId first = id();
    EventId second = id();
    EventId alarm = id();
    for (EventId id : List.of(first, second, alarm)) {
      String event = id.equals(alarm) ? "co_alarm" : "siren";
      Instant at = NOW.plusMillis(id.equals(first) ? 0 : 5);
      history.receive(opened(id, event), at, DEADLINE);
      history.receive(clip(key(id)));
    }
    Instant now = NOW.plusSeconds(1);
    assertThat(history.claim("w", now, LEASE).orElseThrow().key().id()).isEqualTo(alarm);
    assertThat(history.claim("w", now, LEASE).orElseThrow().key().id()).isEqualTo(first);
    assertThat(history.claim("w", now, LEASE).orElseThrow().key().id()).isEqualTo(second);
    assertThat(history.claim("w", now, LEASE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leaseOfDeadWorkerIsTakenOver(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    history.receive(clip(key(id)));
    assertThat(history.claim("dead", NOW, LEASE)).isPresent();
    assertThat(history.claim("heir", NOW.plus(LEASE).minusMillis(1), LEASE)).isEmpty();
    assertThat(history.claim("heir", NOW.plus(LEASE), LEASE)).isPresent();
    assertThat(history.judge(key(id), "dead", judgement(Verdict.REJECTED))).isFalse();
    history.release(key(id), "dead", NOW); // not its to give
    assertThat(history.claim("third", NOW.plus(LEASE), LEASE)).isEmpty();
    assertThat(history.judge(key(id), "heir", judgement(Verdict.CONFIRMED))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void releasedIsFreeFromItsTimeOn(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    history.receive(clip(key(id)));
    assertThat(history.claim(key(id), "w1", NOW, LEASE)).isPresent();
    history.release(key(id), "w1", NOW.plusSeconds(3));
    assertThat(history.find(key(id)).orElseThrow().verification())
        .isEqualTo(VerificationState.READY);
    assertThat(history.claim("w2", NOW.plusSeconds(2), LEASE)).isEmpty();
    assertThat(history.claim("w2", NOW.plusSeconds(3), LEASE)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void givenUpIsOverdueAtOnce(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    history.receive(clip(key(id)));
    assertThat(history.claim(key(id), "w1", NOW, LEASE)).isPresent();
    assertThat(history.giveUp(key(id), "w2", "no FLAC", NOW)).isFalse();
    assertThat(history.giveUp(key(id), "w1", "no FLAC", NOW)).isTrue();
    assertThat(history.find(key(id)).orElseThrow().verification())
        .isEqualTo(VerificationState.GAVE_UP);
    assertThat(history.claim("w2", NOW.plusSeconds(99), LEASE)).isEmpty();
    assertThat(history.expire(NOW, 10)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void overdueIsReturnedOnceAndALaterVerdictReplacesIt(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    assertThat(history.expire(DEADLINE.minusMillis(1), 10)).isEmpty();
    assertThat(history.expire(DEADLINE, 10))
        .singleElement()
        .satisfies(e -> assertThat(e.judgement().verdict()).isEqualTo(Verdict.UNVERIFIED));
    assertThat(history.expire(DEADLINE.plusSeconds(9), 10)).isEmpty();

    history.receive(clip(key(id)));
    assertThat(history.claim("w1", DEADLINE, LEASE)).isPresent();
    history.judge(key(id), "w1", judgement(Verdict.CONFIRMED));
    assertThat(history.find(key(id)).orElseThrow().judgement().verdict())
        .isEqualTo(Verdict.CONFIRMED);
    assertThat(told).containsExactly("OPENED " + id, "OVERDUE " + id, "CLIP " + id, "JUDGED " + id);
  }

  @ParameterizedTest
  @EnumSource
  void answerReplacesTheOneBefore(Databases kind) {
    History history = history(kind);
    EventId id = id();
    tell(history, opened(id, "siren"));
    Answer first = new Answer(Answer.Kind.WAS_NOT_IT, "", "anna", NOW);
    Answer second = new Answer(Answer.Kind.SOMETHING_ELSE, "other_kettle", "bert", NOW);
    assertThat(history.answer(key(id), first)).isTrue();
    assertThat(history.answer(key(id), second)).isTrue();
    assertThat(history.find(key(id)).orElseThrow().answer()).isEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource
  void listenerThatThrowsUndoesTheChange(Databases kind) {
    database = kind.open(folder);
    History history =
        new JdbiHistory(
            database,
            List.of(
                (transaction, event, change) -> {
                  throw new IllegalStateException("no");
                }),
            LIFE_SAFETY);
    EventId id = id();
    assertThatThrownBy(() -> tell(history, opened(id, "siren")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(history.find(key(id))).isEmpty();
    assertThat(history.latestChange()).isZero();
  }
}
