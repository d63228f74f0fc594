package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earshot.model.EventLabels;
import org.earshot.simulation.SceneInfo;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final int STEPS = 333;
  private final byte[] targets = new byte[STEPS * Targets.COUNT];
  private final float[] weights = new float[STEPS * Targets.COUNT];

  @Test
  void anEventIsOnFromOnsetToOffsetWithNoWeightAroundBoth() {
    encode(List.of(event("dog_bark", 3, 5)), List.of(), List.of());
    int dog = EventLabels.STANDARD.indexOf("dog_bark");
    assertThat(target(dog, 2.7)).isZero();
    assertThat(weight(dog, 2.7)).isEqualTo(1);
    assertThat(weight(dog, 2.97)).isZero();
    assertThat(weight(dog, 3.06)).isZero();
    assertThat(target(dog, 4)).isEqualTo(1);
    assertThat(weight(dog, 4)).isEqualTo(3);
    assertThat(weight(dog, 5.2)).isZero();
    assertThat(weight(dog, 6)).isEqualTo(1);
    int siren = EventLabels.STANDARD.indexOf("siren");
    assertThat(target(siren, 4)).isZero();
    assertThat(weight(siren, 4)).isEqualTo(1);
  }

  @Test
  void aShortSoundStaysOnLongEnoughToBeHeardWhole() {
    encode(List.of(event("glass_break", 2, 2.1)), List.of(), List.of());
    int glass = EventLabels.STANDARD.indexOf("glass_break");
    assertThat(target(glass, 2.5)).isEqualTo(1);
    assertThat(target(glass, 2.7)).isZero();
  }

  @Test
  void anAmbiguousSoundHasNoWeightForItsLabelOnly() {
    encode(List.of(), List.of(), List.of(event("door_close", 1, 2)));
    assertThat(weight(EventLabels.STANDARD.indexOf("door_close"), 1.5)).isZero();
    assertThat(weight(EventLabels.STANDARD.indexOf("door_knock"), 1.5)).isEqualTo(1);
  }

  @Test
  void anEventOutweighsTheTailOfAnEarlierOne() {
    encode(List.of(event("dog_bark", 1, 2), event("dog_bark", 2.2, 4)), List.of(), List.of());
    int dog = EventLabels.STANDARD.indexOf("dog_bark");
    assertThat(target(dog, 2.4)).isEqualTo(1);
    assertThat(weight(dog, 2.4)).isEqualTo(3);
  }

  @Test
  void alarmsAndBeepingAppliancesTurnTheAuxiliaryHeadOn() {
    encode(
        List.of(event("co_alarm", 1, 4)),
        List.of(event("microwave", 6, 8), event("speech", 8.2, 9)),
        List.of());
    int beep = EventLabels.STANDARD.size();
    assertThat(target(beep, 2)).isEqualTo(1);
    assertThat(target(beep, 7)).isEqualTo(1);
    assertThat(target(beep, 9.5)).isZero();
    assertThat(target(EventLabels.STANDARD.indexOf("smoke_alarm"), 7)).isZero();
  }

  @Test
  void aDistractorTurnsItsKindOnAndNoEvent() {
    encode(List.of(), List.of(event("speech", 2, 5), event("other_rain", 6, 8)), List.of());
    int at = step(4) * Targets.COUNT;
    int active = 0;
    for (int output = 0; output < Targets.COUNT; output++) {
      active += targets[at + output];
    }
    assertThat(active).isEqualTo(1);
    int speech = at;
    while (targets[speech] == 0) {
      speech++;
    }
    assertThat(speech - at).isGreaterThan(EventLabels.STANDARD.size());
    assertThat(weights[speech]).isEqualTo(1.5f);
    assertThat(weight(EventLabels.STANDARD.size() + 1, 9)).isEqualTo(0.5f);
    for (int output = 0; output < Targets.COUNT; output++) {
      assertThat(target(output, 7)).as("output %d during rain", output).isZero();
    }
  }

  @Test
  void stepsOfShortRareEventsWeighMore() {
    encode(List.of(event("door_close", 2, 3)), List.of(), List.of());
    int door = EventLabels.STANDARD.indexOf("door_close");
    assertThat(weight(door, 2.5)).isGreaterThan(3);
    assertThat(weight(door, 5)).isEqualTo(1);
  }

  private void encode(List<TruthEvent> events, List<TruthEvent> distractors, List<TruthEvent> any) {
    SceneInfo info = new SceneInfo("", "", "", "", "", "");
    new Targets(0.03, 3)
        .encode(
            new Soundscape("s", new float[160_000], events, any, distractors, info),
            targets,
            weights);
  }

  private static int step(double seconds) {
    return (int) (seconds / 0.03);
  }

  private int target(int output, double seconds) {
    return targets[step(seconds) * Targets.COUNT + output];
  }

  private float weight(int output, double seconds) {
    return weights[step(seconds) * Targets.COUNT + output];
  }

  private static TruthEvent event(String label, double onset, double offset) {
    return new TruthEvent(label, onset, offset, 6, "made");
  }
}
