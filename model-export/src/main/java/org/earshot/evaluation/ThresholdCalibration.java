package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;

/**
 * Chooses how one head decides: the calibration of its posterior, and the decision parameters with
 * the best alert F1 under a cap on false alerts.
 *
 * <p>Every candidate runs through the device's own detector. A single best point would be luck,
 * since some dozens of events decide; so a threshold is judged by the mean F1 over its neighbours
 * within {@value #PLATEAU_STEPS} steps either side, half and half with the same mean for the
 * neighbouring values of every other parameter. The middle of a plateau wins over a spike.
 * Deterministic. Source: ADR 0008.
 */
public final class ThresholdCalibration {

  private static final int PLATEAU_STEPS = 2;

  /**
   * What was chosen for one event.
   *
   * @param event label
   * @param calibration from logit to posterior
   * @param decision what the head ships with
   * @param score what it reaches on the streams that it was chosen on
   * @param plateau mean of the measure that was tuned for around it, less hopeful than at its top
   */
  public record Choice(
      String event,
      Calibration calibration,
      DecisionParameters decision,
      AlertScore score,
      double plateau) {}

  private final List<CalibrationStream> streams;
  private final DecisionGrid grid;
  private final double mostFalseAlertsPerHour;
  private final double beta;

  /** Prepares a search for the best F1; parameters as below. */
  public ThresholdCalibration(
      List<CalibrationStream> streams, DecisionGrid grid, double mostFalseAlertsPerHour) {
    this(streams, grid, mostFalseAlertsPerHour, 1);
  }

  /**
   * Prepares a search.
   *
   * @param streams the streams to tune on; all tracks have the same events and timing
   * @param mostFalseAlertsPerHour candidates over it are taken only when no other is left
   * @param beta how many times as important recall is as precision (van Rijsbergen, 1979)
   */
  public ThresholdCalibration(
      List<CalibrationStream> streams,
      DecisionGrid grid,
      double mostFalseAlertsPerHour,
      double beta) {
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("no streams to tune on");
    }
    this.streams = List.copyOf(streams);
    this.grid = grid;
    this.mostFalseAlertsPerHour = mostFalseAlertsPerHour;
    this.beta = beta;
  }

  /** Tunes every event, events in parallel; the result is in the order of the labels. */
  public List<Choice> chooseAll(List<String> events) {
    return IntStream.range(0, events.size())
        .parallel()
        .mapToObj(index -> choose(index, events.get(index)))
        .toList();
  }

  /** Fits the posterior of one event and tunes its decision. */
  public Choice choose(int index, String event) {
    return choose(index, event, PosteriorCalibration.fit(streams, index, event));
  }

  /** Tunes the decision of one event whose posterior is calibrated already. */
  public Choice choose(int index, String event, Calibration calibration) {
    List<float[]> posteriors = new ArrayList<>();
    for (CalibrationStream stream : streams) {
      posteriors.add(AlertReplay.posteriors(stream.track(), index, calibration));
    }
    Search search = new Search(event, posteriors);
    search.run();
    return search.choice(calibration);
  }

  /** One event's walk over the grid. */
  private final class Search {
    private final String event;
    private final List<float[]> posteriors; // [streams][steps]
    private final AlertScore[] silent; // [streams]: the score without any alert
    private final double hopeless; // false alerts
    private final int thresholds = grid.thresholds();
    private final int[] sizes = {
      grid.smoothingSteps().size(),
      grid.onSteps().size(),
      grid.holdSeconds().size(),
      grid.hysteresisLogits().size()
    };
    private final int curves = sizes[0] * sizes[1] * sizes[2] * sizes[3];
    private final AlertScore[][] scores = new AlertScore[curves][thresholds];
    private final double[][] plateaus = new double[curves][thresholds];

    Search(String event, List<float[]> posteriors) {
      this.event = event;
      this.posteriors = posteriors;
      this.silent = new AlertScore[streams.size()];
      for (int s = 0; s < silent.length; s++) {
        silent[s] = AlertScore.of(streams.get(s), event, List.of());
      }
      double hours = streams.stream().mapToDouble(CalibrationStream::seconds).sum() / 3600;
      this.hopeless = 12 + 6 * mostFalseAlertsPerHour * hours;
    }

    void run() {
      for (int smoothing = 0; smoothing < sizes[0]; smoothing++) {
        float[] peaks = smoothedPeaks(grid.smoothingSteps().get(smoothing));
        int perSmoothing = curves / sizes[0];
        for (int i = 0; i < perSmoothing; i++) {
          int curve = smoothing * perSmoothing + i;
          for (int t = 0; t < thresholds; t++) {
            scores[curve][t] = score(parameters(curve, t), peaks);
          }
        }
      }
      for (int curve = 0; curve < curves; curve++) {
        for (int t = 0; t < thresholds; t++) {
          plateaus[curve][t] = meanAround(curve, t);
        }
      }
    }

    private DecisionParameters parameters(int curve, int threshold) {
      int[] at = position(curve);
      return grid.parameters(
          grid.smoothingSteps().get(at[0]),
          grid.onSteps().get(at[1]),
          grid.holdSeconds().get(at[2]),
          grid.hysteresisLogits().get(at[3]),
          grid.thresholdLogit(threshold));
    }

    private int[] position(int curve) {
      int[] at = new int[sizes.length];
      int rest = curve;
      for (int d = sizes.length - 1; d >= 0; d--) {
        at[d] = rest % sizes[d];
        rest /= sizes[d];
      }
      return at;
    }

    /**
     * A stream whose smoothed posterior never reaches the threshold raises no alert. Once a
     * candidate is hopelessly over the cap its other streams are not replayed, which saves most of
     * the time.
     */
    private AlertScore score(DecisionParameters decision, float[] peaks) {
      AlertReplay replay = new AlertReplay(event, decision, streams.get(0).track().timing());
      AlertScore sum = AlertScore.NONE;
      for (int s = 0; s < peaks.length; s++) {
        boolean skipped = peaks[s] < decision.onThreshold() || sum.falseAlerts() > hopeless;
        sum =
            sum.plus(
                skipped
                    ? silent[s]
                    : AlertScore.of(streams.get(s), event, replay.alerts(posteriors.get(s))));
      }
      return sum;
    }

    /** Upper bounds of the smoothed posterior of each stream, with a margin for rounding. */
    private float[] smoothedPeaks(int smoothing) {
      float[] peaks = new float[posteriors.size()];
      for (int s = 0; s < peaks.length; s++) {
        float[] track = posteriors.get(s);
        double sum = 0;
        double peak = 0;
        for (int step = 0; step < track.length; step++) {
          sum += track[step] - (step >= smoothing ? track[step - smoothing] : 0);
          peak = Math.max(peak, sum);
        }
        peaks[s] = (float) (peak / smoothing + 1e-6);
      }
      return peaks;
    }

    private double meanAround(int curve, int threshold) {
      double sum = 0;
      int count = 0;
      for (int t = threshold - PLATEAU_STEPS; t <= threshold + PLATEAU_STEPS; t++) {
        int inside = Math.max(0, Math.min(thresholds - 1, t));
        double f = scores[curve][inside].f(beta);
        sum += Double.isNaN(f) ? 0 : f;
        count++;
      }
      return sum / count;
    }

    private double neighbourhood(int curve, int threshold) {
      double sum = 0;
      int count = 0;
      int[] at = position(curve);
      int stride = curves;
      for (int d = 0; d < sizes.length; d++) {
        stride /= sizes[d];
        for (int step = -1; step <= 1; step += 2) {
          if (at[d] + step >= 0 && at[d] + step < sizes[d]) {
            sum += plateaus[curve + step * stride][threshold];
            count++;
          }
        }
      }
      double own = plateaus[curve][threshold];
      return count == 0 ? own : (own + sum / count) / 2;
    }

    Choice choice(Calibration calibration) {
      int bestCurve = -1;
      int bestThreshold = -1;
      double best = Double.NEGATIVE_INFINITY;
      for (int curve = 0; curve < curves; curve++) {
        for (int t = 0; t < thresholds; t++) {
          double excess =
              Math.max(0, scores[curve][t].falseAlertsPerHour() - mostFalseAlertsPerHour);
          // Over the cap, fewer false alerts always win over a better F.
          double value = neighbourhood(curve, t) - (excess > 0 ? 10 + excess : 0);
          if (value > best + 1e-12) {
            best = value;
            bestCurve = curve;
            bestThreshold = t;
          }
        }
      }
      return new Choice(
          event,
          calibration,
          parameters(bestCurve, bestThreshold),
          scores[bestCurve][bestThreshold],
          plateaus[bestCurve][bestThreshold]);
    }
  }
}
