package org.earshot.guard;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** A guard with its clock, and all that it tells. */
final class GuardHome implements GuardListener {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** A Tuesday in winter, noon. */
  static final Instant NOON = ZonedDateTime.of(2026, 11, 24, 12, 0, 0, 0, ZONE).toInstant();

  final ManualClock clock;
  final List<String> panels = new ArrayList<>();
  final List<GuardSettings> saved = new ArrayList<>();
  final List<String> outcomes = new ArrayList<>();
  final Guard guard;

  GuardHome(GuardRules rules) {
    this(rules, GuardSettings.standard(NOON), NOON);
  }

  GuardHome(GuardRules rules, GuardSettings settings, Instant now) {
    clock = new ManualClock(now);
    guard = new Guard(rules, settings, clock, this);
  }

  static GuardHome standard() {
    return new GuardHome(GuardRules.standard(ZONE));
  }

  static GuardHome scheduled(String... schedules) {
    return new GuardHome(rules(schedules));
  }

  static GuardRules rules(String... schedules) {
    return GuardRules.standard(ZONE)
        .withSchedules(List.of(schedules).stream().map(Schedule::parse).toList());
  }

  /** Armed away, with the exit delay over. */
  static GuardHome away() {
    GuardHome home = standard();
    home.guard.arm(GuardMode.AWAY, "test");
    home.pass(60);
    home.panels.clear();
    return home;
  }

  /** What a main loop does: advances at every deadline on the way to an instant. */
  void passTo(Instant to) {
    while (guard.nextDeadline().isPresent() && !guard.nextDeadline().get().isAfter(to)) {
      clock.set(guard.nextDeadline().get());
      guard.advance(clock.instant());
    }
    clock.set(to);
    guard.advance(to);
  }

  void pass(long seconds) {
    passTo(clock.instant().plus(seconds, SECONDS));
  }

  static Instant at(int day, int hour, int minute) {
    return ZonedDateTime.of(2026, 11, day, hour, minute, 0, 0, ZONE).toInstant();
  }

  Decision hear(String event) {
    return guard.decide(
        event,
        clock.instant(),
        new DelayedEvent() {
          @Override
          public void send() {
            outcomes.add("send " + event);
          }

          @Override
          public void drop() {
            outcomes.add("drop " + event);
          }
        });
  }

  @Override
  public void panelChanged(PanelState before, PanelState now, String cause) {
    panels.add(before.text() + " -> " + now.text() + ": " + cause);
  }

  @Override
  public void settingsChanged(GuardSettings settings) {
    saved.add(settings);
  }
}
