package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;

/**
 * One event over one set of streams.
 *
 * @param event label
 * @param streams curve of each stream's highest smoothed posterior, what the thresholds compare
 * @param frames curve of single steps: positive inside an event, negative outside its alert window;
 *     steps between and spans of no concern are left out
 * @param shipped at the head's own decision
 * @param best at the on threshold that scores best on these very streams, all else as shipped;
 *     comparable with a peer that is tuned the same way
 */
record EventEvaluation(
    String event,
    ScoreCurve streams,
    ScoreCurve frames,
    OperatingPoint shipped,
    OperatingPoint best) {

  private static final double LOWEST_LOGIT = -4;
  private static final double HIGHEST_LOGIT = 8;
  private static final double STEP_LOGITS = 0.125;

  static EventEvaluation of(
      HeadModel head,
      int index,
      List<EvaluationStream> streams,
      ModelRun run,
      Bootstrap bootstrap) {
    String event = head.event();
    List<float[]> posteriors = new ArrayList<>();
    for (LogitTrack track : run.tracks()) {
      posteriors.add(AlertReplay.posteriors(track, index, head.calibration()));
    }
    List<StreamResult> shipped = ModelRun.results(streams, run.detections());
    return new EventEvaluation(
        event,
        streamCurve(event, streams, posteriors, head.decision().smoothingSteps()),
        frameCurve(event, index, streams, run.tracks()),
        OperatingPoint.of(event, head.decision().onThreshold(), shipped, bootstrap),
        best(head, streams, run, posteriors, bootstrap));
  }

  static ScoreCurve streamCurve(
      String event, List<EvaluationStream> streams, List<float[]> posteriors, int smoothingSteps) {
    float[] peaks = new float[streams.size()];
    for (int s = 0; s < peaks.length; s++) {
      peaks[s] = smoothedPeak(posteriors.get(s), smoothingSteps);
    }
    return curveOfPeaks(event, streams, peaks);
  }

  /** A stream without the event that holds something of no concern is on neither side. */
  static ScoreCurve curveOfPeaks(String event, List<EvaluationStream> streams, float[] peaks) {
    List<Float> scores = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int s = 0; s < peaks.length; s++) {
      boolean positive = streams.get(s).contains(event);
      boolean unclear =
          !positive && streams.get(s).dontCare().stream().anyMatch(o -> o.label().equals(event));
      if (!unclear) {
        scores.add(peaks[s]);
        labels.add(positive);
      }
    }
    return curve(scores, labels);
  }

  static float smoothedPeak(float[] posteriors, int smoothingSteps) {
    double sum = 0;
    double peak = 0;
    for (int step = 0; step < posteriors.length; step++) {
      sum += posteriors[step] - (step >= smoothingSteps ? posteriors[step - smoothingSteps] : 0);
      peak = Math.max(peak, sum / smoothingSteps);
    }
    return (float) peak;
  }

  static ScoreCurve frameCurve(
      String event, int index, List<EvaluationStream> streams, List<LogitTrack> tracks) {
    List<Float> scores = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int s = 0; s < streams.size(); s++) {
      EvaluationStream stream = streams.get(s);
      LogitTrack track = tracks.get(s);
      List<Occurrence> truth =
          stream.truth().stream().filter(o -> o.label().equals(event)).toList();
      List<Occurrence> unclear =
          stream.dontCare().stream().filter(o -> o.label().equals(event)).toList();
      for (int step = 0; step < track.steps(); step++) {
        double time = track.heardSeconds(step);
        if (unclear.stream().anyMatch(o -> AlertMatch.inWindow(o, time))) {
          continue;
        }
        boolean inside =
            truth.stream().anyMatch(o -> time >= o.onsetSeconds() && time <= o.offsetSeconds());
        if (inside || truth.stream().noneMatch(o -> AlertMatch.inWindow(o, time))) {
          scores.add(track.logit(step, index));
          labels.add(inside);
        }
      }
    }
    return curve(scores, labels);
  }

  private static ScoreCurve curve(List<Float> scores, List<Boolean> labels) {
    float[] values = new float[scores.size()];
    boolean[] positive = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.get(i);
      positive[i] = labels.get(i);
    }
    return ScoreCurve.of(values, positive);
  }

  private static OperatingPoint best(
      HeadModel head,
      List<EvaluationStream> streams,
      ModelRun run,
      List<float[]> posteriors,
      Bootstrap bootstrap) {
    DecisionParameters shipped = head.decision();
    double hysteresis = logit(shipped.onThreshold()) - logit(shipped.offThreshold());
    DecisionParameters best = shipped;
    double bestF1 = -1;
    for (double at = LOWEST_LOGIT; at <= HIGHEST_LOGIT; at += STEP_LOGITS) {
      DecisionParameters tried =
          new DecisionParameters(
              shipped.smoothingSteps(),
              DecisionGrid.sigmoid(at),
              DecisionGrid.sigmoid(at - hysteresis),
              shipped.onSteps(),
              shipped.holdSeconds(),
              shipped.refractorySeconds(),
              shipped.minOpenSeconds());
      AlertScore sum = AlertScore.NONE;
      for (StreamResult result : replay(head.event(), tried, streams, run, posteriors)) {
        sum = sum.plus(AlertScore.of(result, head.event()));
      }
      if (sum.f1() > bestF1) {
        bestF1 = sum.f1();
        best = tried;
      }
    }
    return OperatingPoint.of(
        head.event(),
        best.onThreshold(),
        replay(head.event(), best, streams, run, posteriors),
        bootstrap);
  }

  private static List<StreamResult> replay(
      String event,
      DecisionParameters decision,
      List<EvaluationStream> streams,
      ModelRun run,
      List<float[]> posteriors) {
    List<StreamResult> results = new ArrayList<>();
    AlertReplay replay = null;
    for (int s = 0; s < posteriors.size(); s++) {
      if (replay == null) {
        replay = new AlertReplay(event, decision, run.tracks().get(s).timing());
      }
      boolean silent =
          smoothedPeak(posteriors.get(s), decision.smoothingSteps()) + 1e-6
              < decision.onThreshold();
      List<Detection> alerts = silent ? List.of() : replay.alerts(posteriors.get(s));
      results.add(streams.get(s).result(alerts));
    }
    return results;
  }

  static double logit(double share) {
    return Math.log(share / (1 - share));
  }

  /** A calibration for showing logits as posteriors. */
  static float posterior(Calibration calibration, float logit) {
    return DecisionGrid.sigmoid(calibration.slope() * (double) logit + calibration.offset());
  }
}
