package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.earshot.evaluation.ValidationStreams.Quota;
import org.earshot.model.EventLabels;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.TruthEvent;
import org.junit.jupiter.api.Test;

class ValidationStreamsTest {

  private static final List<Double> RATIOS = List.of(0.0, 6.0, 12.0, 24.0);

  @Test
  void spreadsPositivesEvenlyOverEventsAndRatios() {
    Map<String, Integer> cells = fill(360);

    assertThat(cells.remove("none")).isEqualTo(180);
    assertThat(cells).hasSize(36).allSatisfy((cell, count) -> assertThat(count).isEqualTo(5));
  }

  @Test
  void spreadsTheRestAsEvenlyAsItGoes() {
    Map<String, Integer> cells = fill(100);

    assertThat(cells.remove("none")).isEqualTo(50);
    assertThat(cells).hasSize(36).allSatisfy((cell, count) -> assertThat(count).isBetween(1, 2));
    assertThat(cells.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
  }

  @Test
  void alarmStreamsHoldAnAlarmEachAndNearMissesNone() {
    Quota alarms = new Quota(12, SceneSpec.alarmStream());
    Quota misses = new Quota(12, SceneSpec.nearMissStream());
    int taken = 0;
    for (int draw = 0; draw < 10; draw++) {
      for (double ratio : SceneSpec.alarmStream().ratiosDb()) {
        taken += alarms.take(List.of(new TruthEvent("co_alarm", 1, 9, ratio, "test"))) ? 1 : 0;
      }
    }
    assertThat(taken).isEqualTo(6); // two at each ratio; smoke alarms get the other six
    assertThat(alarms.take(List.of())).isFalse();
    assertThat(misses.take(List.of(new TruthEvent("co_alarm", 1, 9, 6, "test")))).isFalse();
    assertThat(misses.take(List.of())).isTrue();
  }

  private static Map<String, Integer> fill(int count) {
    Quota quota = new Quota(count, SceneSpec.validationStream());
    Random random = new Random(2);
    Map<String, Integer> cells = new HashMap<>();
    for (int draw = 0; draw < 20_000; draw++) {
      String label = EventLabels.STANDARD.get(random.nextInt(EventLabels.STANDARD.size()));
      double ratio = RATIOS.get(random.nextInt(RATIOS.size()));
      boolean empty = random.nextBoolean();
      List<TruthEvent> events =
          empty ? List.of() : List.of(new TruthEvent(label, 1, 2, ratio, "test"));
      if (quota.take(events)) {
        cells.merge(empty ? "none" : label + '@' + ratio, 1, Integer::sum);
      }
    }
    return cells;
  }

  @Test
  void clipsThatMayHoldAnEventAreNoNegativesForIt() {
    assertThat(ClipSet.unclear("door_open", "door_open/x.flac")).containsExactly("door_close");
    assertThat(ClipSet.unclear("other_smash", "other_smash/Wood_Door_03.flac"))
        .containsExactly("door_knock", "door_close");
    assertThat(ClipSet.unclear("other_ceramic_break", "x")).containsExactly("glass_break");
    assertThat(ClipSet.unclear("speech", "glass_door_.flac")).isEmpty();
  }

  @Test
  void clipsStandInASecondOfFaintNoise() {
    float[] padded = ClipSet.padded(new float[] {0.5f}, new Random(1));

    assertThat(padded).hasSize(32_001);
    assertThat(padded[16_000]).isBetween(0.49f, 0.51f);
    assertThat(padded[100]).isNotZero().isBetween(-0.002f, 0.002f);
  }
}
