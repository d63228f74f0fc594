package org.earshot.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardTest {
  private static final Decision SEND = new Decision.Send();

  @Test
  void sendsWhatTheModeSelectsAndNothingElse() {
    GuardHome home = GuardHome.standard();
    assertThat(home.hear("baby_cry"))
        .isEqualTo(new Decision.Ignore("baby_cry does not count in mode disarmed"));
    home.guard.arm(GuardMode.HOME, "test");
    assertThat(home.hear("baby_cry")).isEqualTo(SEND);
    assertThat(home.hear("dog_bark")).isInstanceOf(Decision.Ignore.class);
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_HOME);
  }

  @ParameterizedTest
  @EnumSource
  void alarmsAreSentAtOnceInEveryMode(GuardMode mode) {
    GuardHome home = GuardHome.standard();
    home.guard.arm(mode, "test");
    for (GuardMode each : GuardMode.values()) {
      home.guard.select(each, Set.of());
    }
    assertThat(home.hear("smoke_alarm")).isEqualTo(SEND);
    assertThat(home.hear("co_alarm")).isEqualTo(SEND);
    assertThat(home.guard.panel()).isEqualTo(PanelState.TRIGGERED);
    assertThat(home.outcomes).isEmpty();
  }

  @Test
  void alarmsAreNotDelayedByDelaysThatRun() {
    GuardHome home = GuardHome.standard();
    home.guard.arm(GuardMode.AWAY, "test");
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMING);
    assertThat(home.hear("smoke_alarm")).isEqualTo(SEND);
    home = GuardHome.away();
    assertThat(home.hear("footsteps")).isInstanceOf(Decision.Delay.class);
    assertThat(home.hear("co_alarm")).isEqualTo(SEND);
  }

  @Test
  void alarmsAreNotDelayedEvenWhenTheConfigurationDelaysThem() {
    GuardRules standard = GuardRules.standard(GuardHome.ZONE);
    GuardHome home =
        new GuardHome(
            new GuardRules(
                standard.alwaysOn(),
                Set.of(),
                Set.of("smoke_alarm", "co_alarm"),
                Map.of(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(3),
                List.of(),
                GuardHome.ZONE));
    home.guard.arm(GuardMode.AWAY, "test");
    assertThat(home.hear("smoke_alarm")).isEqualTo(SEND);
    assertThat(home.hear("co_alarm")).isEqualTo(SEND);
  }

  @Test
  void alarmsThatAreNotAlwaysOnFollowTheSelection() {
    GuardRules standard = GuardRules.standard(GuardHome.ZONE);
    GuardHome home =
        new GuardHome(
            new GuardRules(
                Set.of(),
                standard.triggering(),
                standard.entryDelayed(),
                standard.exitDelays(),
                standard.entryDelay(),
                standard.triggerTime(),
                List.of(),
                GuardHome.ZONE));
    assertThat(home.hear("smoke_alarm")).isEqualTo(SEND);
    home.guard.select(GuardMode.DISARMED, Set.of());
    assertThat(home.hear("smoke_alarm")).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  void exitDelayLetsTheOwnerLeave() {
    GuardHome home = GuardHome.standard();
    home.guard.arm(GuardMode.AWAY, "phone");
    assertThat(home.hear("door_close")).isInstanceOf(Decision.Ignore.class);
    home.pass(59);
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMING);
    home.pass(1);
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_AWAY);
    assertThat(home.panels)
        .containsExactly("disarmed -> arming: phone", "arming -> armed_away: exit delay over");
    assertThat(home.guard.nextDeadline()).isEmpty();
  }

  @Test
  void disarmedWithinTheEntryDelayTheEventIsDropped() {
    GuardHome home = GuardHome.away();
    Instant until = home.clock.instant().plusSeconds(30);
    assertThat(home.hear("door_close")).isEqualTo(new Decision.Delay(until));
    home.pass(10);
    assertThat(home.hear("footsteps")).isEqualTo(new Decision.Delay(until));
    assertThat(home.guard.panel()).isEqualTo(PanelState.PENDING);
    assertThat(home.guard.nextDeadline()).contains(until);
    home.pass(19);
    home.guard.disarm("phone");
    assertThat(home.outcomes).containsExactly("drop door_close", "drop footsteps");
    home.pass(600);
    assertThat(home.outcomes).hasSize(2);
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    assertThat(home.panels)
        .containsExactly("armed_away -> pending: door_close", "pending -> disarmed: phone");
  }

  @Test
  void notDisarmedWithinTheEntryDelayTheEventIsSent() {
    GuardHome home = GuardHome.away();
    home.hear("door_close");
    home.pass(29);
    assertThat(home.outcomes).isEmpty();
    home.pass(1);
    assertThat(home.outcomes).containsExactly("send door_close");
    assertThat(home.guard.panel()).isEqualTo(PanelState.TRIGGERED);
    assertThat(home.hear("footsteps")).isEqualTo(SEND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"glass_break", "smoke_alarm"})
  void anInstantEventEndsTheEntryDelay(String event) {
    GuardHome home = GuardHome.away();
    home.hear("door_close");
    assertThat(home.hear(event)).isEqualTo(SEND);
    assertThat(home.outcomes).containsExactly("send door_close");
    assertThat(home.guard.panel()).isEqualTo(PanelState.TRIGGERED);
  }

  @Test
  void anEventThatDoesNotSetOffTheAlarmIsSentWhileTheEntryDelayRuns() {
    GuardHome home = GuardHome.away();
    home.hear("door_close");
    assertThat(home.hear("dog_bark")).isEqualTo(SEND);
    assertThat(home.guard.panel()).isEqualTo(PanelState.PENDING);
    assertThat(home.outcomes).isEmpty();
  }

  @Test
  void theEntryDelayCountsFromTheEventAndIsNeverLonger() {
    GuardHome home = GuardHome.away();
    Instant now = home.clock.instant();
    DelayedEvent nobody =
        new DelayedEvent() {
          @Override
          public void send() {}

          @Override
          public void drop() {}
        };
    assertThat(home.guard.decide("footsteps", now.minusSeconds(4), nobody))
        .isEqualTo(new Decision.Delay(now.plusSeconds(26)));
    home.guard.disarm("test");
    home.guard.arm(GuardMode.NIGHT, "test");
    assertThat(home.guard.decide("footsteps", now.plusSeconds(9_999), nobody))
        .isEqualTo(new Decision.Delay(now.plusSeconds(30)));
  }

  @Test
  void theAlarmEndsAfterItsTimeAndTheHomeIsArmedAgain() {
    GuardHome home = GuardHome.away();
    home.hear("glass_break");
    home.pass(100);
    home.hear("glass_break"); // begins the time again
    home.pass(179);
    assertThat(home.guard.panel()).isEqualTo(PanelState.TRIGGERED);
    home.pass(1);
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_AWAY);
  }

  @Test
  void disarmEndsTheAlarmInEveryMode() {
    GuardHome home = GuardHome.away();
    home.hear("glass_break");
    home.guard.disarm("phone");
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    home.hear("smoke_alarm");
    assertThat(home.guard.panel()).isEqualTo(PanelState.TRIGGERED);
    home.guard.disarm("phone");
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
  }

  @Test
  void moreDelayedEventsThanItHoldsAreIgnored() {
    GuardHome home = GuardHome.away();
    for (int i = 0; i < 64; i++) {
      assertThat(home.hear("footsteps")).isInstanceOf(Decision.Delay.class);
    }
    assertThat(home.hear("footsteps")).isInstanceOf(Decision.Ignore.class);
    home.pass(30);
    assertThat(home.outcomes).hasSize(64);
  }

  @Test
  void aClockThatStepsBackMakesNoDelayLonger() {
    GuardHome home = GuardHome.away();
    home.hear("footsteps");
    home.pass(10);
    Instant yesterday = home.clock.instant().minus(Duration.ofDays(1));
    home.clock.set(yesterday);
    home.guard.advance(yesterday);
    assertThat(home.guard.nextDeadline()).contains(yesterday.plusSeconds(20));
    home.pass(20);
    assertThat(home.outcomes).containsExactly("send footsteps");
  }

  @Test
  void whatIsChangedIsToldForSafekeeping() {
    GuardHome home = GuardHome.standard();
    home.guard.setSensitivity("dog_bark", 30);
    home.guard.select(GuardMode.HOME, Set.of("dog_bark"));
    home.guard.arm(GuardMode.HOME, "test");
    home.guard.arm(GuardMode.HOME, "test");
    home.guard.setSensitivity("dog_bark", 30);
    assertThat(home.saved).hasSize(3);
    GuardSettings last = home.saved.get(2);
    assertThat(last).isEqualTo(home.guard.settings());
    assertThat(last.sensitivityOf("dog_bark")).isEqualTo(30);
    assertThat(last.sensitivityOf("baby_cry")).isEqualTo(50);
    assertThat(last.selection().get(GuardMode.HOME)).containsExactly("dog_bark");
    assertThat(last.choice().mode()).isEqualTo(GuardMode.HOME);
  }

  @Test
  void aRestartTakesTheModeUpAgain() {
    GuardHome home = GuardHome.away();
    GuardHome restarted =
        new GuardHome(home.guard.rules(), home.guard.settings(), home.clock.instant());
    assertThat(restarted.guard.panel()).isEqualTo(PanelState.ARMED_AWAY);
  }

  @Test
  void aReloadChangesRulesAndSelectionAndKeepsTheModeThatHolds() {
    GuardHome home = GuardHome.away();
    GuardSettings settings = home.guard.settings().withSelection(GuardMode.AWAY, Set.of("siren"));
    home.guard.reload(GuardRules.standard(GuardHome.ZONE), settings);
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_AWAY);
    assertThat(home.hear("siren")).isEqualTo(SEND);
    assertThat(home.hear("glass_break")).isInstanceOf(Decision.Ignore.class);
    home.guard.reload(home.guard.rules(), GuardSettings.standard(GuardHome.NOON));
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    assertThat(home.panels).containsExactly("armed_away -> disarmed: configuration");
  }

  @Test
  void aListenerThatFailsStopsNothing() {
    AtomicInteger calls = new AtomicInteger();
    Guard guard =
        new Guard(
            GuardRules.standard(GuardHome.ZONE),
            GuardSettings.standard(GuardHome.NOON),
            new ManualClock(GuardHome.NOON),
            new GuardListener() {
              @Override
              public void panelChanged(PanelState before, PanelState now, String cause) {
                calls.incrementAndGet();
                throw new IllegalStateException("a listener's own fault");
              }
            });
    guard.arm(GuardMode.HOME, "test");
    guard.disarm("test");
    assertThat(calls).hasValue(2);
  }

  /** However commands and events fall, each delayed event has one outcome, and panels connect. */
  @Test
  void everyDelayedEventHasExactlyOneOutcome() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    GuardHome home = GuardHome.scheduled("night 22:30-06:30", "away 8:00-17:00 Mon-Fri");
    List<String> events = List.of("footsteps", "door_close", "glass_break", "dog_bark", "co_alarm");
    int delayed = 0;
    for (int i = 0; i < 5_000; i++) {
      switch (random.nextInt(8)) {
        case 0 -> home.guard.arm(GuardMode.values()[random.nextInt(4)], "test");
        case 1 -> home.guard.disarm("test");
        case 2 -> home.pass(random.nextInt(20_000));
        case 3 -> home.pass(random.nextInt(100));
        default -> {
          String event = events.get(random.nextInt(events.size()));
          Decision decision = home.hear(event);
          delayed += decision instanceof Decision.Delay ? 1 : 0;
          if (event.equals("co_alarm")) {
            assertThat(decision).as("seed %d", seed).isEqualTo(SEND);
          }
        }
      }
    }
    home.guard.disarm("test");
    assertThat(home.outcomes).as("seed %d", seed).hasSize(delayed);
    assertThat(delayed).isPositive();
    assertPanelsConnect(home.panels, "seed " + seed);
  }

  @Test
  void panelsConnectWhenManyThreadsCommand() throws InterruptedException {
    GuardHome home = GuardHome.standard();
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                seed ->
                    new Thread(
                        () -> {
                          Random random = new Random(seed);
                          for (int i = 0; i < 1_000; i++) {
                            home.guard.arm(GuardMode.values()[random.nextInt(4)], "test");
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    home.guard.disarm("test");
    assertPanelsConnect(home.panels, "four threads");
  }

  private static void assertPanelsConnect(List<String> panels, String name) {
    String state = "disarmed";
    for (String panel : panels) {
      assertThat(panel).as(name).startsWith(state + " -> ");
      state = panel.substring(panel.indexOf("-> ") + 3, panel.indexOf(':'));
    }
    assertThat(state).as(name).isEqualTo("disarmed");
  }

  @Test
  void refusesWhatMakesNoSense() {
    GuardHome home = GuardHome.standard();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> home.guard.setSensitivity("dog_bark", 101))
        .withMessage("sensitivity of dog_bark is 101, wanted 0 to 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> home.guard.select(GuardMode.HOME, Set.of("Dog Bark")))
        .withMessage("event 'Dog Bark', wanted up to 64 of a-z, 0-9 and _, as in glass_break");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardMode.parse("vacation"))
        .withMessage("no mode 'vacation'; there are disarmed, home, away, night");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new GuardRules(
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Map.of(),
                    Duration.ofMinutes(11),
                    Duration.ofMinutes(3),
                    List.of(),
                    GuardHome.ZONE))
        .withMessage("entry delay is 660 s, wanted 0 s to 600 s");
    assertThat(home.saved).isEmpty();
  }
}
