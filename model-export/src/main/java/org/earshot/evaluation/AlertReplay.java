package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.earshot.detect.Alert;
import org.earshot.detect.AlertSink;
import org.earshot.detect.Detector;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StepTiming;
import org.earshot.kernel.Activations;
import org.earshot.model.Activation;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.DenseLayer;
import org.earshot.model.HeadModel;
import org.earshot.model.QuantizedMatrix;

/**
 * Replays one event's posteriors through the device's own {@link Detector}, so that what is tuned
 * is what runs.
 *
 * <p>Single-threaded; used for one stream after another.
 */
final class AlertReplay {

  private final Detector detector;
  private final float[] step = new float[1];
  private final List<Detection> alerts = new ArrayList<>();
  private final AlertSink sink = this::add;

  AlertReplay(String event, DecisionParameters decision, StepTiming timing) {
    this.detector = new Detector(List.of(headOf(event, decision)), Sensitivity.standard(), timing);
  }

  /** A detector reads a head's label and decision only; the weights here are never multiplied. */
  private static HeadModel headOf(String event, DecisionParameters decision) {
    DenseLayer layer =
        new DenseLayer(
            new QuantizedMatrix(1, 1, new byte[1], new float[] {1}),
            new float[1],
            Activation.LINEAR,
            1);
    return new HeadModel(event, 1, new byte[32], List.of(layer), Calibration.IDENTITY, decision);
  }

  /**
   * The alerts of one stream.
   *
   * @param posteriors [steps], calibrated and not smoothed
   */
  List<Detection> alerts(float[] posteriors) {
    detector.reset();
    alerts.clear();
    for (float posterior : posteriors) {
      step[0] = posterior;
      detector.accept(step, sink);
    }
    detector.finish(sink);
    return List.copyOf(alerts);
  }

  private void add(Alert alert) {
    alerts.add(detection(alert));
  }

  static Detection detection(Alert alert) {
    return new Detection(
        alert.event(),
        alert.onsetSeconds(),
        alert.offsetSeconds(),
        alert.peakPosterior(),
        alert.openedSeconds());
  }

  /** One event's posteriors over a track, exactly as the runtime computes them. */
  static float[] posteriors(LogitTrack track, int event, Calibration calibration) {
    float[] posteriors = new float[track.steps()];
    for (int step = 0; step < posteriors.length; step++) {
      posteriors[step] =
          Activations.sigmoid(
              calibration.slope() * track.logit(step, event) + calibration.offset());
    }
    return posteriors;
  }
}
