package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.notify.WebServer.status;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.id;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.message;
import static org.earshot.cloud.store.Samples.opened;

import java.time.Duration;
import java.util.Map;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.Databases;
import org.earshot.event.EventId;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the receiver of a webhook gets of the changes of the history, step by step. */
class DeliveryTest extends DeliveryFixture {
  @ParameterizedTest
  @EnumSource
  void aSmokeAlarmIsToldAtOnceAndUpdatedByItsVerdict(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    assertThat(courier.deliverDue()).isEqualTo(1);
    assertThat(courier.deliverDue()).isZero();

    judge(id, Verdict.CONFIRMED, 0.97);
    assertThat(courier.deliverDue()).isEqualTo(1);
    assertThat(courier.deliverDue()).isZero();

    assertThat(texts())
        .containsExactly(
            "told: Smoke alarm, hall, 11:59. Not yet verified.",
            "updated: Smoke alarm, hall, 11:59. Confirmed (0.97).");
    assertThat(receiver.last().json())
        .containsEntry("url", "https://earshot.example/events/home/" + id)
        .containsEntry("verdict", "confirmed")
        .containsEntry("revision", "2");
  }

  @ParameterizedTest
  @EnumSource
  void aRejectedSmokeAlarmIsUpdatedAndNotSilentlyRemoved(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    courier.deliverDue();
    judge(id, Verdict.REJECTED, 0.08);
    courier.deliverDue();

    assertThat(texts()).last().isEqualTo("updated: Smoke alarm, hall, 11:59. Probably not (0.08).");
  }

  @ParameterizedTest
  @EnumSource
  void othersAreToldByTheirVerdictAndRejectedOnesNever(Databases kind) throws Exception {
    open(kind);
    EventId glass = hear("glass_break");
    EventId dog = hear("dog_bark");
    assertThat(courier.deliverDue()).isZero();
    judge(dog, Verdict.REJECTED, 0.02);
    judge(glass, Verdict.UNSURE, 0.5);
    assertThat(courier.deliverDue()).isEqualTo(1);

    assertThat(texts()).containsExactly("told: Breaking glass, hall, 11:59. Not sure (0.50).");
  }

  @ParameterizedTest
  @EnumSource
  void anUnverifiedOneIsToldAtItsDeadlineAndUpdatedByALateVerdict(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("siren");
    clock.advance(Duration.ofSeconds(21));
    assertThat(history.expire(clock.instant(), 10)).hasSize(1);
    courier.deliverDue();
    judge(id, Verdict.REJECTED, 0.1);
    courier.deliverDue();

    assertThat(texts())
        .containsExactly(
            "told: Siren, hall, 11:59. Could not be verified.",
            "updated: Siren, hall, 11:59. Probably not (0.10).");
  }

  @ParameterizedTest
  @EnumSource
  void theEndIsToldToAChannelThatWantsIt(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    courier.deliverDue();
    history.receive(
        message(id, "smoke_alarm", "home", "hall", Phase.ENDED, NOW.plusSeconds(60)), NOW, NOW);
    courier.deliverDue();

    assertThat(texts())
        .last()
        .isEqualTo("ended: Smoke alarm, hall, 11:59 to 12:01. Not yet verified. It is over.");
  }

  @ParameterizedTest
  @EnumSource
  void whatSaysNothingNewIsNotSent(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    judge(id, Verdict.CONFIRMED, 0.97);
    assertThat(courier.deliverDue()).isEqualTo(1);

    history.receive(opened(id, "smoke_alarm"), NOW, NOW); // again
    history.receive(
        message(id, "smoke_alarm", "home", "hall", Phase.UPDATED, NOW.plusSeconds(30)), NOW, NOW);
    history.answer(key(id), new Answer(Answer.Kind.WAS_IT, "", "anna", NOW));
    assertThat(courier.deliverDue()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void lifeSafetyGoesFirst(Databases kind) throws Exception {
    open(kind);
    EventId siren = hear("siren");
    judge(siren, Verdict.CONFIRMED, 0.9);
    clock.advance(Duration.ofSeconds(1));
    EventId smoke = hear("smoke_alarm");
    courier.deliverDue();

    assertThat(receiver.requests())
        .extracting(request -> request.json().get("id"))
        .containsExactly(smoke.text(), siren.text());
  }

  @ParameterizedTest
  @EnumSource
  void aDeletedEventThatNobodyWasToldOfIsNeverTold(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    history.delete(key(id), "anna", "asked", NOW);

    assertThat(courier.deliverDue()).isZero();
    assertThat(courier.backlog()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aDeletedEventIsWithdrawnOnceAndLeavesNothing(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    courier.deliverDue();
    history.delete(key(id), "anna", "asked", NOW);
    assertThat(rows()).allSatisfy(row -> assertThat(row).containsEntry("message", null));
    assertThat(courier.deliverDue()).isEqualTo(1);
    assertThat(courier.deliverDue()).isZero();

    assertThat(receiver.last().json())
        .containsOnly(
            Map.entry("v", "1"),
            Map.entry("key", "home." + id + ".hook.2"),
            Map.entry("stage", "withdrawn"),
            Map.entry("revision", "2"),
            Map.entry("site", "home"),
            Map.entry("id", id.text()));
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anEventDeletedWhileItIsToldIsWithdrawnAfterwards(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    receiver.plan(
        exchange -> {
          history.delete(key(id), "anna", "asked", NOW);
          status(200).to(exchange);
        });
    courier.deliverDue();

    assertThat(receiver.requests())
        .extracting(request -> request.json().get("stage"))
        .containsExactly("told", "withdrawn");
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aVerdictWhileItIsToldFollowsAsAnUpdate(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("smoke_alarm");
    receiver.plan(
        exchange -> {
          judge(id, Verdict.CONFIRMED, 0.97);
          status(200).to(exchange);
        });
    courier.deliverDue();

    assertThat(texts())
        .containsExactly(
            "told: Smoke alarm, hall, 11:59. Not yet verified.",
            "updated: Smoke alarm, hall, 11:59. Confirmed (0.97).");
  }

  @ParameterizedTest
  @EnumSource
  void aVerdictThatRejectsDropsWhatNobodyHasTriedToTell(Databases kind) throws Exception {
    open(kind);
    EventId id = hear("siren");
    clock.advance(Duration.ofSeconds(21));
    history.expire(clock.instant(), 10);
    judge(id, Verdict.REJECTED, 0.1);

    assertThat(courier.deliverDue()).isZero();
    assertThat(rows()).isEmpty();
  }
}
