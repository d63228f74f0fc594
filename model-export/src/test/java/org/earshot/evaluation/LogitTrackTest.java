package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.earshot.detect.StepTiming;
import org.junit.jupiter.api.Test;

class LogitTrackTest {

  private final LogitTrack track =
      new LogitTrack(new StepTiming(4_000, 8_000), 2, new float[] {1, -1, 3, -2, 2, -3, 0, 9});

  @Test
  void holdsALogitForEveryStepAndEvent() {
    assertThat(track.steps()).isEqualTo(4);
    assertThat(track.logit(1, 0)).isEqualTo(3);
    assertThat(track.logit(3, 1)).isEqualTo(9);
    assertThat(track.heardSeconds(3)).isEqualTo(1.25);
  }

  @Test
  void findsThePeakWithinASpan() {
    assertThat(track.peak(0)).isEqualTo(3);
    assertThat(track.peak(0, 0.8, 1.25)).isEqualTo(2);
    assertThat(track.peak(1, 0.5, 0.74)).isEqualTo(-1);
    assertThat(track.peak(1, 2, 3)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(track.peak(1, -3, 0.4)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void growsAsStepsAreAdded() {
    LogitTrack.Builder builder = new LogitTrack.Builder(2);
    for (int step = 0; step < 5000; step++) {
      builder.add(new float[] {99, step, -step}, 1);
    }
    LogitTrack built = builder.build(new StepTiming(480, 720));

    assertThat(built.steps()).isEqualTo(5000);
    assertThat(built.logit(4999, 1)).isEqualTo(-4999);
  }

  @Test
  void refusesAPartOfAStep() {
    assertThatThrownBy(() -> new LogitTrack(new StepTiming(480, 720), 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 logits for 2 events");
  }
}
