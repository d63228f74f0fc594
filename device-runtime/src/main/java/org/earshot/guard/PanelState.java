package org.earshot.guard;

import java.util.Locale;

/** What an alarm panel shows; the names are those of Home Assistant's alarm_control_panel. */
public enum PanelState {
  DISARMED,
  ARMING,
  ARMED_HOME,
  ARMED_AWAY,
  ARMED_NIGHT,
  /** An entry delay runs. */
  PENDING,
  TRIGGERED;

  /** Returns Home Assistant's name of the state. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PanelState of(GuardMode mode) {
    return switch (mode) {
      case DISARMED -> DISARMED;
      case HOME -> ARMED_HOME;
      case AWAY -> ARMED_AWAY;
      case NIGHT -> ARMED_NIGHT;
    };
  }
}
