package org.earshot.evaluation;

import java.util.Locale;
import org.earshot.simulation.SceneSpec;

/** Kinds of simulated streams that a model is measured on. */
enum Suite {
  /** A home: half without an event, the others with one of the model's. */
  HOME("validation streams"),
  /** One smoke or carbon-monoxide alarm each. */
  ALARMS("streams with an alarm"),
  /** No event, but much that beeps. */
  NEAR_MISSES("streams of near misses");

  private final String title;

  Suite(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  SceneSpec spec() {
    return switch (this) {
      case HOME -> SceneSpec.validationStream();
      case ALARMS -> SceneSpec.alarmStream();
      case NEAR_MISSES -> SceneSpec.nearMissStream();
    };
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
