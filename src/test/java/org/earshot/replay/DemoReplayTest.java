package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings that ship with the demo, heard in one run as the demo hears them. */
class DemoReplayTest {
  /**
   * How many of the imitated sirens, glasses, knocks, dogs and babies are recognised at least. They
   * are synthetic, while their heads learnt from recordings; raise this when a model hears more.
   */
  private static final int OTHER_EVENTS_HEARD = 4;

  private static List<Detection.Row> alerts;

  @BeforeAll
  static void hearTheDemo() {
    Detection detection = Detection.of(Checkout.DEMO);
    assertThat(detection.code()).as(detection.err()).isZero();
    alerts = detection.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lifeSafety")
  void hearsEverySmokeAndCarbonMonoxideAlarm(DemoSound alarm) {
    assertThat(alertsOf(alarm.filename())).anyMatch(alarm::isMetBy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutLifeSafety")
  void takesNothingElseForASmokeOrCarbonMonoxideAlarm(String recording) {
    assertThat(alertsOf(recording))
        .extracting(Detection.Row::event)
        .doesNotContain("smoke_alarm", "co_alarm");
  }

  @Test
  void hearsOtherEventsInTheirRecordings() {
    List<DemoSound> others =
        DemoSound.events().stream().filter(event -> !event.isLifeSafety()).toList();
    List<DemoSound> heard =
        others.stream().filter(event -> alerts.stream().anyMatch(event::isMetBy)).toList();
    assertThat(heard)
        .as("of %s, with the alerts %s", others, alerts)
        .hasSizeGreaterThanOrEqualTo(OTHER_EVENTS_HEARD);
  }

  static List<DemoSound> lifeSafety() {
    List<DemoSound> alarms = DemoSound.events().stream().filter(DemoSound::isLifeSafety).toList();
    assertThat(alarms).extracting(DemoSound::event).contains("smoke_alarm", "co_alarm");
    return alarms;
  }

  /** Near misses first of all, and every other recording without such an alarm. */
  static List<String> withoutLifeSafety() {
    Set<String> alarms = lifeSafety().stream().map(DemoSound::filename).collect(Collectors.toSet());
    List<String> others =
        DemoSound.recordings().stream().filter(name -> !alarms.contains(name)).toList();
    assertThat(others)
        .containsAll(DemoSound.distractors().stream().map(DemoSound::filename).toList())
        .hasSizeGreaterThan(4);
    return others;
  }

  private static List<Detection.Row> alertsOf(String recording) {
    return alerts.stream().filter(alert -> alert.filename().equals(recording)).toList();
  }
}
