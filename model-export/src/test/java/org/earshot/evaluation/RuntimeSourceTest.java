package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.StepTiming;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.SoundModel;
import org.junit.jupiter.api.Test;

final class RuntimeSourceTest {
  /** Three beeps of half a second and a pause, three times. */
  private static float[] temporalThree() {
    float[] samples = LevelModel.bursts(16);
    for (int beep = 0; beep < 9; beep++) {
      int from = 16_000 * (1 + beep + beep / 3);
      for (int i = 0; i < 8000; i++) {
        samples[from + i] += (float) (0.1 * Math.sin(2 * Math.PI * 3100 * i / 16_000));
      }
    }
    return samples;
  }

  @Test
  void tracksGiveTheDevicesOwnPosteriorsCadencesIncluded() {
    SoundModel model = LevelModel.of("smoke_alarm", "co_alarm", "siren");
    FeatureSpec spec = FeatureSpec.standard();
    float[] samples = temporalThree();
    List<float[]> posteriors = new ArrayList<>();
    StreamingDetector detector = new StreamingDetector(model, spec);
    detector.push(
        samples, 0, samples.length, alert -> {}, (start, step) -> posteriors.add(step.clone()));
    RuntimeSource source = new RuntimeSource(model, spec);
    source.track(LevelModel.bursts(3, 1)); // no state is kept
    LogitTrack track = source.track(samples);
    assertThat(track.steps()).isEqualTo(posteriors.size());
    float mostApart = 0;
    for (int head = 0; head < 3; head++) {
      float[] replayed = AlertReplay.posteriors(track, head, model.heads().get(head).calibration());
      for (int step = 0; step < replayed.length; step++) {
        assertThat(replayed[step]).isEqualTo(posteriors.get(step)[head]);
        mostApart = Math.max(mostApart, track.logit(step, 0) - track.logit(step, 1));
      }
    }
    assertThat(mostApart).as("smoke above carbon monoxide, in logits").isGreaterThan(6);
  }

  @Test
  void tracksThatGoOnAreThoseOfOneLongStream() {
    SoundModel model = LevelModel.of("smoke_alarm", "co_alarm", "siren");
    FeatureSpec spec = FeatureSpec.standard();
    int stepSamples = StepTiming.of(model.base(), spec).hopSamples();
    float[] whole = Arrays.copyOf(temporalThree(), 500 * stepSamples);
    int middle = 300 * stepSamples;
    LogitTrack together = new RuntimeSource(model, spec).track(whole);
    RuntimeSource source = new RuntimeSource(model, spec);
    LogitTrack first = source.trackOn(Arrays.copyOf(whole, middle));
    LogitTrack second = source.trackOn(Arrays.copyOfRange(whole, middle, whole.length));
    assertThat(first.logits())
        .containsExactly(Arrays.copyOf(together.logits(), first.logits().length));
    assertThat(second.logits())
        .containsExactly(Arrays.copyOfRange(together.logits(), 300 * 3, together.logits().length));
    assertThat(
            new RuntimeSource(model, spec).track(Arrays.copyOfRange(whole, middle, whole.length)))
        .as("after a reset it would be another")
        .extracting(LogitTrack::logits)
        .isNotEqualTo(second.logits());
  }

  @Test
  void refusesToGoOnAfterAPartOfAStep() {
    RuntimeSource source = new RuntimeSource(LevelModel.of("siren"), FeatureSpec.standard());
    assertThatThrownBy(() -> source.trackOn(new float[16_001]))
        .hasMessageContaining("16001 samples");
  }
}
