package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.earshot.model.Calibration;

/**
 * Fits the step from a head's logit to its posterior.
 *
 * <p>An example is the largest logit over an event and {@value #AFTER_SECONDS} s after it, or over
 * one of the {@value #SPAN_SECONDS} s spans without the event; steps are no examples, since an
 * impact leaves most steps of its event silent. Either kind has half of the weight: a posterior of
 * 0.5 is a peak that is as likely with the event as without.
 */
final class PosteriorCalibration {

  private static final double AFTER_SECONDS = 0.6;
  private static final double SPAN_SECONDS = 2.0;
  private static final float LEAST_SLOPE = 0.05f;

  private PosteriorCalibration() {}

  /** The calibration of one event; the identity when the streams cannot tell. */
  static Calibration fit(List<CalibrationStream> streams, int index, String event) {
    List<Float> peaks = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (CalibrationStream stream : streams) {
      List<Occurrence> truth = stream.truthOf(event);
      for (Occurrence o : truth) {
        add(
            peaks,
            labels,
            stream.track().peak(index, o.onsetSeconds(), o.offsetSeconds() + AFTER_SECONDS),
            true);
      }
      List<Occurrence> taken = new ArrayList<>(truth);
      taken.addAll(stream.dontCareOf(event));
      for (double from = 0; from + SPAN_SECONDS <= stream.seconds(); from += SPAN_SECONDS) {
        if (isFree(taken, from, from + SPAN_SECONDS)) {
          add(peaks, labels, stream.track().peak(index, from, from + SPAN_SECONDS), false);
        }
      }
    }
    float[] scores = new float[peaks.size()];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = peaks.get(i);
      positive[i] = labels.get(i);
    }
    Platt platt = Platt.fit(scores, positive);
    return platt.slope() < LEAST_SLOPE
        ? Calibration.IDENTITY
        : new Calibration((float) platt.slope(), (float) platt.offset());
  }

  private static void add(List<Float> peaks, List<Boolean> labels, float peak, boolean positive) {
    if (Float.isFinite(peak)) {
      peaks.add(peak);
      labels.add(positive);
    }
  }

  private static boolean isFree(List<Occurrence> taken, double from, double to) {
    return taken.stream()
        .noneMatch(
            o ->
                from < o.offsetSeconds() + AlertMatch.LATE_SECONDS
                    && to > o.onsetSeconds() - AlertMatch.EARLY_SECONDS);
  }
}
