package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.NOW;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.earshot.cloud.store.Change;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.VerificationState;
import org.earshot.event.EventId;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeRulesTest {
  private static final ChannelScope PHONE = new ChannelScope("phone", Set.of(), false);
  private static final ChannelScope MAIL = new ChannelScope("mail", Set.of(), false);
  private static final Instant NOON = NOW; // 12:00 in UTC, a Saturday
  private static final Instant NIGHT = NOW.minus(Duration.ofHours(9)); // 03:00
  private static final TimeWindow QUIET =
      new TimeWindow(LocalTime.of(22, 0), LocalTime.of(7, 0), Set.of(), ZoneOffset.UTC);
  private static final TimeWindow DAYTIME =
      new TimeWindow(LocalTime.of(8, 0), LocalTime.of(20, 0), Set.of(), ZoneOffset.UTC);

  private static NoticeRules rules(NoticeRule... rules) {
    return new NoticeRules(List.of(PHONE, MAIL), List.of(rules), Samples.LIFE_SAFETY);
  }

  private static EventRecord event(String label, Verdict verdict) {
    return event(label, "home", verdict);
  }

  private static EventRecord event(String label, String site, Verdict verdict) {
    EventId id = Samples.id();
    return new EventRecord(
        new EventKey(site, id),
        Samples.message(id, label, site, "hall", Phase.OPENED, NOW),
        NOW,
        NOW.plusSeconds(20),
        null,
        VerificationState.WAITING,
        verdict == null ? null : Samples.judgement(verdict),
        null);
  }

  private static NoticeRule rule(
      String channel,
      NoticeRule.Effect effect,
      Set<String> events,
      TimeWindow window,
      Set<Standing> standings,
      boolean lifeSafety) {
    return new NoticeRule(
        channel, effect, events, Set.of(), Set.of(), Set.of(), window, standings, 0, lifeSafety);
  }

  private static NoticeRule quiet(boolean lifeSafety) {
    return rule(
        "*", NoticeRule.Effect.SILENT, Set.of(), QUIET, Set.of(Standing.values()), lifeSafety);
  }

  @Test
  void withoutRulesLifeSafetyIsToldAtOnceOnEveryChannel() {
    assertThat(rules().channels(event("smoke_alarm", null), Change.OPENED, NIGHT))
        .containsExactly("phone", "mail");
  }

  @Test
  void withoutRulesOthersWaitForTheirVerdict() {
    assertThat(rules().channels(event("glass_break", null), Change.OPENED, NOON)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIRMED", "UNSURE", "UNVERIFIED"})
  void withoutRulesOthersAreToldWhenNotRejected(Verdict verdict) {
    assertThat(rules().channels(event("glass_break", verdict), Change.JUDGED, NOON))
        .containsExactly("phone", "mail");
  }

  @Test
  void withoutRulesRejectedOnesAreNotTold() {
    assertThat(rules().channels(event("glass_break", Verdict.REJECTED), Change.JUDGED, NOON))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDED", "CLIP", "ANSWERED", "DELETED"})
  void theEndAClipAnAnswerADeletionBeginNothing(Change change) {
    assertThat(rules().channels(event("smoke_alarm", null), change, NOON)).isEmpty();
  }

  @Test
  void theFirstRuleThatFitsDecidesForEachChannel() {
    NoticeRules rules =
        rules(
            rule(
                "phone",
                NoticeRule.Effect.SILENT,
                Set.of("dog_bark"),
                null,
                Set.of(Standing.CONFIRMED),
                false),
            NoticeRule.tell("*", Set.of()));

    assertThat(rules.channels(event("dog_bark", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("mail");
    assertThat(rules.channels(event("dog_bark", Verdict.UNSURE), Change.JUDGED, NOON))
        .containsExactly("phone", "mail");
    assertThat(rules.channels(event("siren", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("phone", "mail");
  }

  @Test
  void aChannelForWhichARuleTellsSomethingIsToldNothingElse() {
    NoticeRules rules = rules(NoticeRule.tell("phone", Set.of("glass_break")));

    assertThat(rules.channels(event("glass_break", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("phone", "mail");
    assertThat(rules.channels(event("dog_bark", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("mail");
  }

  @Test
  void forgottenLifeSafetyIsToldEverywhere() {
    NoticeRules rules = rules(NoticeRule.tell("*", Set.of("glass_break")));

    assertThat(rules.channels(event("co_alarm", null), Change.OPENED, NIGHT))
        .containsExactly("phone", "mail");
  }

  @Test
  void quietHoursSilenceOthersButNotLifeSafety() {
    NoticeRules rules = rules(quiet(false));

    assertThat(rules.channels(event("dog_bark", Verdict.CONFIRMED), Change.JUDGED, NIGHT))
        .isEmpty();
    assertThat(rules.channels(event("dog_bark", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("phone", "mail");
    assertThat(rules.channels(event("smoke_alarm", null), Change.OPENED, NIGHT))
        .containsExactly("phone", "mail");
  }

  @Test
  void quietHoursThatSayLifeSafetyTooSilenceIt() {
    NoticeRules rules = rules(quiet(true));

    assertThat(rules.channels(event("smoke_alarm", null), Change.OPENED, NIGHT)).isEmpty();
    assertThat(rules.channels(event("smoke_alarm", null), Change.OPENED, NOON))
        .containsExactly("phone", "mail");
  }

  @Test
  void neitherHoursNorVerdictsNorModesHoldBackLifeSafety() {
    NoticeRules rules =
        rules(
            new NoticeRule(
                "phone",
                NoticeRule.Effect.TELL,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of("night"),
                DAYTIME,
                Set.of(Standing.CONFIRMED),
                0.99,
                false));

    assertThat(rules.channels(event("smoke_alarm", null), Change.OPENED, NIGHT))
        .containsExactly("phone", "mail");
    assertThat(rules.channels(event("siren", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("mail");
  }

  @Test
  void aRuleMeantForLifeSafetyHoldsAsItStands() {
    NoticeRules rules =
        rules(
            rule(
                "mail",
                NoticeRule.Effect.TELL,
                Set.of("smoke_alarm"),
                null,
                Set.of(Standing.CONFIRMED),
                true));

    assertThat(rules.channels(event("smoke_alarm", null), Change.OPENED, NOON))
        .containsExactly("phone");
    assertThat(rules.channels(event("smoke_alarm", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("phone", "mail");
    assertThat(rules.channels(event("co_alarm", null), Change.OPENED, NOON))
        .containsExactly("phone", "mail");
  }

  @Test
  void modesDevicesSitesDaysAndPosteriorAreConditions() {
    NoticeRule all =
        new NoticeRule(
            "phone",
            NoticeRule.Effect.TELL,
            Set.of("siren"),
            Set.of("home"),
            Set.of("hall"),
            Set.of("away"),
            new TimeWindow(
                LocalTime.MIN, LocalTime.MIN, Set.of(DayOfWeek.SATURDAY), ZoneOffset.UTC),
            Set.of(Standing.NONE),
            0.9,
            false);
    EventRecord siren = event("siren", null);

    assertThat(rules(all).channels(siren, Change.OPENED, NOON)).containsExactly("phone");
    assertThat(rules(all).channels(siren, Change.OPENED, NOON.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(rules(all).channels(event("siren", "other", null), Change.OPENED, NOON)).isEmpty();
    assertThat(
            rules(with(all, Set.of("attic"), Set.of("away"), 0.9))
                .channels(siren, Change.OPENED, NOON))
        .isEmpty();
    assertThat(
            rules(with(all, Set.of("hall"), Set.of("home"), 0.9))
                .channels(siren, Change.OPENED, NOON))
        .isEmpty();
    assertThat(
            rules(with(all, Set.of("hall"), Set.of("away"), 0.91))
                .channels(siren, Change.OPENED, NOON))
        .isEmpty();
  }

  private static NoticeRule with(
      NoticeRule rule, Set<String> devices, Set<String> modes, double posterior) {
    return new NoticeRule(
        rule.channel(),
        rule.effect(),
        rule.events(),
        rule.sites(),
        devices,
        modes,
        rule.window(),
        rule.standings(),
        posterior,
        rule.lifeSafety());
  }

  @Test
  void aChannelNeverHearsOfAnotherOwnersHome() {
    NoticeRules rules =
        new NoticeRules(
            List.of(
                new ChannelScope("anna", Set.of("annas"), false),
                new ChannelScope("bert", Set.of("berts"), false)),
            List.of(NoticeRule.tell("bert", Set.of())),
            Samples.LIFE_SAFETY);

    assertThat(rules.channels(event("smoke_alarm", "annas", null), Change.OPENED, NOON))
        .containsExactly("anna");
    assertThat(rules.channels(event("siren", "annas", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("anna");
    assertThat(rules.channels(event("siren", "berts", Verdict.CONFIRMED), Change.JUDGED, NOON))
        .containsExactly("bert");
    assertThat(rules.channels(event("smoke_alarm", "third", null), Change.OPENED, NOON)).isEmpty();
  }

  @Test
  void refusesRulesOfChannelsThatAreNotThere() {
    assertThatThrownBy(() -> rules(NoticeRule.tell("fax", Set.of())))
        .hasMessageContaining("fax")
        .hasMessageContaining("phone");
    assertThatThrownBy(() -> new NoticeRules(List.of(PHONE, PHONE), List.of(), Samples.LIFE_SAFETY))
        .hasMessageContaining("twice");
  }
}
