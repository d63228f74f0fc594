package org.earshot.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Alert;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StreamingDetector;
import org.earshot.evaluation.Detection;
import org.earshot.model.SoundModel;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;

/**
 * Cuts clips out of scenes as the device would send them: around an alert of the device's own
 * detector, with a pre-roll. One thread an instance.
 */
final class SceneClips {
  private static final int SAMPLE_RATE_HZ = Alert.SAMPLE_RATE_HZ;

  /** Longest pre-roll: the device's standard. Source: docs/device-behaviour.md. */
  private static final double PRE_ROLL_SECONDS = 3;

  private static final double SHORTEST_PRE_ROLL_SECONDS = 2;

  /** Share of clips that lie anywhere although the device raised an alert in the scene. */
  private static final double ANYWHERE = 0.1;

  private final StreamingDetector detector;
  private final int clipSamples;

  SceneClips(SoundModel model, FeatureSpec spec, int sensitivity, double clipSeconds) {
    detector =
        new StreamingDetector(
            model, spec, Set.copyOf(model.events()), new Sensitivity(sensitivity, Map.of()));
    clipSamples = (int) (clipSeconds * SAMPLE_RATE_HZ);
  }

  /** The device's alerts in a scene, in the order in which they ended. */
  List<Alert> alerts(float[] samples) {
    List<Alert> alerts = new ArrayList<>();
    detector.reset();
    detector.push(samples, 0, samples.length, alerts::add);
    detector.finish(alerts::add);
    return alerts;
  }

  /** As {@link #alerts}, for matching with the truth. */
  List<Detection> detections(float[] samples) {
    return alerts(samples).stream().map(SceneClips::detection).toList();
  }

  private static Detection detection(Alert alert) {
    return new Detection(
        alert.event(),
        alert.onsetSeconds(),
        alert.offsetSeconds(),
        alert.peakPosterior(),
        alert.openedSeconds());
  }

  /** A clip of a scene: around one of its alerts, else around an event, else anywhere. */
  Soundscape clip(Soundscape scene, SplittableRandom random) {
    List<Alert> alerts = alerts(scene.samples());
    if (!alerts.isEmpty() && random.nextDouble() >= ANYWHERE) {
      return around(scene, alerts.get(random.nextInt(alerts.size())).onsetSeconds(), random);
    }
    List<TruthEvent> events = scene.events();
    if (!events.isEmpty() && random.nextDouble() >= ANYWHERE) {
      return around(scene, events.get(random.nextInt(events.size())).onsetSeconds(), random);
    }
    return cut(scene, random.nextInt(scene.samples().length - clipSamples + 1));
  }

  /** A clip with 2 to 3 s before a moment, less where the scene begins later. */
  Soundscape around(Soundscape scene, double onsetSeconds, SplittableRandom random) {
    double preRoll = random.nextDouble(SHORTEST_PRE_ROLL_SECONDS, PRE_ROLL_SECONDS);
    int first = (int) ((onsetSeconds - preRoll) * SAMPLE_RATE_HZ);
    return cut(scene, Math.max(0, Math.min(scene.samples().length - clipSamples, first)));
  }

  private Soundscape cut(Soundscape scene, int first) {
    float[] samples = new float[clipSamples];
    System.arraycopy(scene.samples(), first, samples, 0, clipSamples);
    double seconds = first / (double) SAMPLE_RATE_HZ;
    return new Soundscape(
        scene.name(),
        samples,
        moved(scene.events(), seconds),
        moved(scene.dontCare(), seconds),
        moved(scene.distractors(), seconds),
        scene.backgroundSources(),
        scene.info());
  }

  private static List<TruthEvent> moved(List<TruthEvent> events, double seconds) {
    return events.stream()
        .map(
            e ->
                new TruthEvent(
                    e.label(),
                    e.onsetSeconds() - seconds,
                    e.offsetSeconds() - seconds,
                    e.eventToBackgroundDb(),
                    e.source()))
        .toList();
  }
}
