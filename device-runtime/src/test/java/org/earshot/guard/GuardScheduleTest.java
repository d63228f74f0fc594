package org.earshot.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.guard.GuardHome.at;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GuardScheduleTest {
  private static final String NIGHT = "night 22:30-06:30 Mon-Sun";

  @Test
  void aScheduleArmsAndTakesItBack() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    assertThat(home.guard.nextDeadline()).contains(at(24, 22, 30));
    home.passTo(at(24, 22, 29));
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    home.passTo(at(24, 22, 30));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_NIGHT);
    home.passTo(at(25, 6, 29));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_NIGHT);
    home.passTo(at(25, 6, 30));
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    assertThat(home.panels)
        .containsExactly(
            "disarmed -> armed_night: schedule: night 22:30-06:30 Mon,Tue,Wed,Thu,Fri,Sat,Sun",
            "armed_night -> disarmed: schedule over: night 22:30-06:30"
                + " Mon,Tue,Wed,Thu,Fri,Sat,Sun");
  }

  @Test
  void afterTheWindowWhatAPersonChoseHoldsAgain() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.guard.arm(GuardMode.HOME, "test");
    home.passTo(at(25, 3, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.NIGHT);
    home.passTo(at(25, 12, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.HOME);
  }

  @Test
  void aScheduleNeverOverridesAwayOrNightChosenByAPerson() {
    GuardHome home = GuardHome.scheduled(NIGHT, "disarmed 15:00-16:00");
    home.guard.arm(GuardMode.AWAY, "test");
    home.passTo(at(24, 15, 30));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.AWAY);
    home.passTo(at(25, 12, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.AWAY);
    home.guard.arm(GuardMode.NIGHT, "test");
    home.passTo(at(26, 12, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.NIGHT);
  }

  @Test
  void aPersonOverridesAScheduleUntilTheNextWindow() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.passTo(at(24, 23, 0));
    home.guard.disarm("phone");
    home.passTo(at(25, 12, 0));
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    home.passTo(at(25, 22, 30));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_NIGHT);
  }

  @Test
  void armingTheModeOfTheScheduleLeavesItToTheSchedule() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.passTo(at(24, 23, 0));
    home.guard.arm(GuardMode.NIGHT, "phone");
    home.passTo(at(25, 6, 30));
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
  }

  @Test
  void windowsThatTouchFollowWithoutAMomentBetween() {
    GuardHome home = GuardHome.scheduled("night 22:30-06:30", "home 6:30-8:00");
    home.passTo(at(25, 6, 30));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_HOME);
    home.passTo(at(25, 8, 0));
    assertThat(home.panels)
        .extracting(panel -> panel.substring(0, panel.indexOf(':')))
        .containsExactly(
            "disarmed -> armed_night", "armed_night -> armed_home", "armed_home -> disarmed");
  }

  @Test
  void aWindowWithinAnotherGivesBackToIt() {
    GuardHome home = GuardHome.scheduled("home 7:00-22:00", "away 13:00-17:00");
    assertThat(home.guard.mode()).isEqualTo(GuardMode.DISARMED); // chosen at noon, after 7:00
    home.passTo(at(25, 7, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.HOME);
    home.passTo(at(25, 13, 1));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_AWAY);
    home.passTo(at(25, 17, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.HOME);
    home.passTo(at(25, 22, 0));
    assertThat(home.guard.mode()).isEqualTo(GuardMode.DISARMED);
  }

  @Test
  void schedulesWaitForTheAlarm() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.passTo(at(25, 6, 29));
    home.hear("glass_break");
    home.passTo(at(25, 6, 31));
    assertThat(home.guard.panel()).isEqualTo(PanelState.TRIGGERED);
    home.passTo(at(25, 6, 32));
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
  }

  @Test
  void anExitDelayAlsoRunsWhenAScheduleArms() {
    GuardHome home = GuardHome.scheduled("away 13:00-17:00");
    home.passTo(at(24, 13, 0));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMING);
    home.passTo(at(24, 13, 1));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_AWAY);
  }

  @Test
  void aWindowThatBeganWhileTheDeviceWasOffBeginsAtTheStart() {
    GuardSettings settings = GuardSettings.standard(at(24, 18, 0));
    GuardHome home = new GuardHome(GuardHome.rules(NIGHT), settings, at(24, 23, 30));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_NIGHT);
  }

  @Test
  void aWindowThatEndedWhileTheDeviceWasOffEndsAtTheStart() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.passTo(at(25, 2, 0));
    GuardHome next = new GuardHome(GuardHome.rules(NIGHT), home.guard.settings(), at(25, 9, 0));
    assertThat(next.guard.panel()).isEqualTo(PanelState.DISARMED);
  }

  @Test
  void aRestartWithinTheWindowKeepsWhatAPersonChose() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.passTo(at(24, 23, 0));
    home.guard.disarm("phone");
    GuardHome next = new GuardHome(GuardHome.rules(NIGHT), home.guard.settings(), at(24, 23, 30));
    assertThat(next.guard.panel()).isEqualTo(PanelState.DISARMED);
  }

  @Test
  void aScheduleThatTheConfigurationDropsEnds() {
    GuardHome home = GuardHome.scheduled(NIGHT);
    home.passTo(at(24, 23, 0));
    home.guard.reload(home.guard.rules().withSchedules(List.of()), home.guard.settings());
    assertThat(home.guard.panel()).isEqualTo(PanelState.DISARMED);
    assertThat(home.guard.nextDeadline()).isEmpty();
  }

  @Test
  void aClockThatWasWrongAtTheStartIsCaughtUpInOneStep() {
    GuardSettings settings = GuardSettings.standard(at(24, 18, 0));
    GuardHome home =
        new GuardHome(GuardHome.rules(NIGHT), settings, java.time.Instant.EPOCH.plusSeconds(40));
    home.clock.set(at(24, 23, 0));
    home.guard.advance(at(24, 23, 0));
    assertThat(home.guard.panel()).isEqualTo(PanelState.ARMED_NIGHT);
  }
}
