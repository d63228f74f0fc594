package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.notify.WebServer.status;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.id;
import static org.earshot.cloud.store.Samples.key;

import java.time.Duration;
import org.earshot.cloud.store.Databases;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of notices when receivers fail, couriers die, or changes are undone. */
class RedeliveryTest extends DeliveryFixture {
  @ParameterizedTest
  @EnumSource
  void updatesMergeUntilTheFirstIsDelivered(Databases kind) throws Exception {
    open(kind);
    receiver.usually(status(503));
    EventId id = hear("smoke_alarm");
    courier.deliverDue();
    judge(id, Verdict.CONFIRMED, 0.97);
    courier.deliverDue();
    receiver.usually(status(200));
    clock.advance(Duration.ofMinutes(1));
    assertThat(courier.deliverDue()).isEqualTo(1);
    clock.advance(Duration.ofHours(2));
    assertThat(courier.deliverDue()).isZero();

    assertThat(texts()).last().isEqualTo("told: Smoke alarm, hall, 11:59. Confirmed (0.97).");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureIsTriedAgainAfterGrowingDelaysWithTheSameKey(Databases kind) throws Exception {
    open(kind);
    receiver.plan(status(500), status(503), status(408), status(200));
    EventId id = hear("smoke_alarm");

    assertThat(courier.deliverDue()).isEqualTo(1);
    assertThat(courier.deliverDue()).isZero();
    clock.advance(Duration.ofMillis(3749)); // 5 s less a quarter is 3.75 s
    assertThat(courier.deliverDue()).isZero();
    clock.advance(Duration.ofMillis(2501)); // 5 s and a quarter
    assertThat(courier.deliverDue()).isEqualTo(1);
    clock.advance(Duration.ofMillis(7499));
    assertThat(courier.deliverDue()).isZero();
    clock.advance(Duration.ofMillis(5001));
    assertThat(courier.deliverDue()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(25));
    assertThat(courier.deliverDue()).isEqualTo(1);
    clock.advance(Duration.ofHours(2));
    assertThat(courier.deliverDue()).isZero();

    assertThat(receiver.requests())
        .hasSize(4)
        .allSatisfy(
            request ->
                assertThat(request.header("Idempotency-Key")).isEqualTo("home." + id + ".hook.1"));
    assertThat(courier.counters().get("hook")).isEqualTo(new ChannelCounters(1, 3, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverThatAsksToWaitIsWaitedFor(Databases kind) throws Exception {
    open(kind);
    receiver.plan(
        status(429, "Retry-After", "90"),
        status(503, "Retry-After", "Sat, 31 Jan 2026 12:05:00 GMT"));
    hear("smoke_alarm");

    courier.deliverDue();
    clock.advance(Duration.ofSeconds(89));
    assertThat(courier.deliverDue()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(courier.deliverDue()).isEqualTo(1); // at 12:01:30.250
    clock.advance(Duration.ofSeconds(209));
    assertThat(courier.deliverDue()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(courier.deliverDue()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void afterADayItIsGivenUpAndANewVerdictIsTriedNevertheless(Databases kind) throws Exception {
    open(kind);
    receiver.usually(status(500));
    EventId id = hear("smoke_alarm");
    for (int minutes = 0; minutes <= 24 * 60 + 20; minutes += 20) {
      courier.deliverDue();
      clock.advance(Duration.ofMinutes(20));
    }
    assertThat(courier.counters().get("hook").expired()).isEqualTo(1);
    assertThat(courier.backlog()).isEmpty();
    int attempts = receiver.requests().size();
    clock.advance(Duration.ofDays(1));
    assertThat(courier.deliverDue()).isZero();
    assertThat(receiver.requests()).hasSize(attempts);

    receiver.usually(status(200));
    judge(id, Verdict.CONFIRMED, 0.97);
    assertThat(courier.deliverDue()).isEqualTo(1);
    assertThat(texts()).last().asString().startsWith("told: Smoke alarm, hall, 31 Jan 11:59.");
  }

  @ParameterizedTest
  @EnumSource
  void whatTheReceiverRefusesForGoodIsNotTriedAgain(Databases kind) throws Exception {
    open(kind);
    receiver.plan(status(410));
    hear("smoke_alarm");
    courier.deliverDue();
    clock.advance(Duration.ofHours(3));

    assertThat(courier.deliverDue()).isZero();
    assertThat(courier.counters().get("hook")).isEqualTo(new ChannelCounters(0, 0, 1, 0));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsQueuedSurvivesARestart(Databases kind) throws Exception {
    open(kind);
    hear("smoke_alarm");
    restart(kind);

    assertThat(courier.deliverDue()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatIsUndoneLeavesNoNotice(Databases kind) throws Exception {
    open(
        kind,
        (transaction, event, change) -> {
          throw new IllegalStateException("no");
        });
    assertThatThrownBy(() -> hear("smoke_alarm"));

    assertThat(rows()).isEmpty();
    assertThat(courier.deliverDue()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatADeadCourierHeldIsDeliveredByAnotherAfterTheLease(Databases kind) throws Exception {
    open(kind);
    hear("smoke_alarm");
    long now = clock.millis();
    database.write(
        transaction ->
            NoticeTable.claim(
                transaction, database.isPostgresql(), "hook", "dead", now, now + LEASE.toMillis()));

    Courier other = courier("w2");
    clock.advance(LEASE.minusMillis(1));
    assertThat(other.deliverDue()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(other.deliverDue()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatCannotBeReadStopsNoOther(Databases kind) throws Exception {
    open(kind);
    hear("smoke_alarm");
    database.write(transaction -> transaction.execute("UPDATE notices SET message = '{'"));
    clock.advance(Duration.ofSeconds(1));
    EventId good = hear("smoke_alarm");
    courier.deliverDue();

    assertThat(receiver.requests())
        .extracting(request -> request.json().get("id"))
        .containsExactly(good.text());
    assertThat(courier.counters().get("hook").refused()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatNoCourierDeliversIsSweptAway(Databases kind) throws Exception {
    open(kind);
    EventId told = hear("smoke_alarm");
    courier.deliverDue();
    history.delete(key(told), "anna", "asked", NOW);
    hear("co_alarm");
    long later = clock.millis() + 1;

    int swept = database.write(transaction -> NoticeTable.sweep(transaction, later));
    assertThat(swept).isEqualTo(2);
    assertThat(courier.deliverDue()).isZero();
    assertThat(rows()).hasSize(1);
  }
}
