package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.HeadModel;
import org.earshot.model.SoundModel;
import org.junit.jupiter.api.Test;

class AlertReplayTest {

  private final SoundModel model = LevelModel.of("siren", "dog_bark");
  private final FeatureSpec spec = FeatureSpec.standard();
  private final float[] samples = LevelModel.bursts(20, 5, 11.3, 15);

  @Test
  void raisesExactlyTheAlertsOfTheDevice() {
    List<Alert> device = new ArrayList<>();
    StreamingDetector detector = new StreamingDetector(model, spec);
    detector.push(samples, 0, samples.length, device::add);
    detector.finish(device::add);
    HeadModel head = model.heads().get(0);
    LogitTrack track = new RuntimeSource(model, spec).track(samples);
    AlertReplay replay = new AlertReplay(head.event(), head.decision(), track.timing());

    List<Detection> replayed = replay.alerts(AlertReplay.posteriors(track, 0, head.calibration()));

    assertThat(replayed).hasSize(3);
    assertThat(replayed)
        .isEqualTo(
            device.stream()
                .filter(alert -> alert.event().equals(head.event()))
                .map(AlertReplay::detection)
                .toList());
  }

  @Test
  void posteriorsAreThoseOfTheDeviceBitForBit() {
    List<float[]> device = new ArrayList<>();
    StreamingDetector detector = new StreamingDetector(model, spec);
    detector.push(
        samples,
        0,
        samples.length,
        alert -> {},
        (start, posteriors) -> device.add(posteriors.clone()));
    LogitTrack track = new RuntimeSource(model, spec).track(samples);

    assertThat(track.steps()).isEqualTo(device.size());
    float[] replayed = AlertReplay.posteriors(track, 1, model.heads().get(1).calibration());
    for (int step = 0; step < replayed.length; step++) {
      assertThat(replayed[step]).isEqualTo(device.get(step)[1]);
    }
  }

  @Test
  void keepsNothingFromOneStreamToTheNext() {
    RuntimeSource source = new RuntimeSource(model, spec);
    LogitTrack first = source.track(samples);
    source.track(LevelModel.bursts(3, 0.5));

    assertThat(source.track(samples).logits()).containsExactly(first.logits());
  }
}
