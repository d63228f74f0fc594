package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the mapping, threshold and onset convention with which a windowed peer does best on the
 * streams of the comparison.
 *
 * <p>Windows at or over the threshold make one alert when no more than {@value #JOIN_SECONDS} s lie
 * between them. Its onset is the start of the first, or its middle, whichever suits the peer
 * better. All of this is tuned on the streams that are scored: the peer's numbers are the best that
 * it could possibly reach, not what it would reach elsewhere.
 */
final class PeerTuning {

  /** Largest gap between the end of one window and the start of the next of the same alert. */
  static final double JOIN_SECONDS = 1.0;

  /** Length of YAMNet's window. */
  static final double WINDOW_SECONDS = 0.975;

  private static final int THRESHOLDS = 120;

  /**
   * The best way to use the peer for one event.
   *
   * @param classes the peer's classes whose largest score stands for the event
   * @param onsetLagSeconds added to the start of an alert's first window
   * @param score what it reaches
   */
  record Choice(
      String event,
      List<String> classes,
      float threshold,
      double onsetLagSeconds,
      AlertScore score) {}

  private final PeerScores scores;
  private final List<EvaluationStream> streams;

  PeerTuning(PeerScores scores, List<EvaluationStream> streams) {
    this.scores = scores;
    this.streams = streams;
  }

  /**
   * The choice with the highest F1 over all streams; ties go to fewer classes and the lower
   * threshold. Where there is nothing to find, silence is best.
   */
  Choice best(String event) {
    if (streams.stream().noneMatch(stream -> stream.contains(event))) {
      return silent(event);
    }
    return choose(event, PeerTuning::thresholds);
  }

  /** As {@link #best(String)}, at one threshold for all events. */
  Choice at(String event, float threshold) {
    return choose(event, tracks -> new float[] {threshold});
  }

  /** The best of the candidate thresholds that each mapping's scores give. */
  private Choice choose(String event, Function<float[][], float[]> candidates) {
    Choice best = null;
    for (List<String> classes : PeerMapping.yamnet(event)) {
      float[][] tracks = eventScores(classes);
      for (float threshold : candidates.apply(tracks)) {
        for (double lag : new double[] {0, WINDOW_SECONDS / 2}) {
          AlertScore sum = AlertScore.NONE;
          for (int s = 0; s < tracks.length; s++) {
            EvaluationStream stream = streams.get(s);
            List<Detection> alerts = alerts(event, stream, tracks[s], threshold, lag);
            sum = sum.plus(AlertScore.of(stream.result(alerts), event));
          }
          if (best == null || sum.f1() > best.score().f1()) {
            best = new Choice(event, classes, threshold, lag, sum);
          }
        }
      }
    }
    return best == null ? silent(event) : best;
  }

  /** The alerts of a choice on every stream, in the order of the streams. */
  List<List<Detection>> alerts(Choice choice) {
    float[][] tracks = eventScores(choice.classes());
    List<List<Detection>> all = new ArrayList<>();
    for (int s = 0; s < tracks.length; s++) {
      all.add(
          alerts(
              choice.event(),
              streams.get(s),
              tracks[s],
              choice.threshold(),
              choice.onsetLagSeconds()));
    }
    return all;
  }

  /** The largest score of each stream under a choice's mapping, [streams]. */
  float[] peaks(Choice choice) {
    float[][] tracks = eventScores(choice.classes());
    float[] peaks = new float[tracks.length];
    for (int s = 0; s < tracks.length; s++) {
      for (float score : tracks[s]) {
        peaks[s] = Math.max(peaks[s], score);
      }
    }
    return peaks;
  }

  private Choice silent(String event) {
    return new Choice(event, List.of(), Float.POSITIVE_INFINITY, 0, noAlerts(event));
  }

  private AlertScore noAlerts(String event) {
    AlertScore sum = AlertScore.NONE;
    for (EvaluationStream stream : streams) {
      sum = sum.plus(AlertScore.of(stream.result(List.of()), event));
    }
    return sum;
  }

  private List<Detection> alerts(
      String event, EvaluationStream stream, float[] windows, float threshold, double lag) {
    return joined(event, scores.track(stream.peerName()).times(), windows, threshold, lag);
  }

  static List<Detection> joined(
      String event, double[] times, float[] windows, float threshold, double lag) {
    List<Detection> alerts = new ArrayList<>();
    double start = Double.NaN;
    double end = Double.NaN;
    float peak = 0;
    for (int w = 0; w < windows.length; w++) {
      if (windows[w] < threshold) {
        continue;
      }
      if (times[w] - end <= JOIN_SECONDS + 1e-9) { // false while end is NaN
        end = times[w] + WINDOW_SECONDS;
        peak = Math.max(peak, windows[w]);
        continue;
      }
      if (!Double.isNaN(start)) {
        alerts.add(alert(event, start, end, peak, lag));
      }
      start = times[w];
      end = start + WINDOW_SECONDS;
      peak = windows[w];
    }
    if (!Double.isNaN(start)) {
      alerts.add(alert(event, start, end, peak, lag));
    }
    return alerts;
  }

  private static Detection alert(String event, double start, double end, float peak, double lag) {
    return new Detection(event, start + lag, end, peak, start + WINDOW_SECONDS);
  }

  /** Largest score among the classes, [streams][windows]. */
  private float[][] eventScores(List<String> classes) {
    return streams.stream()
        .map(stream -> scores.highest(stream.peerName(), classes))
        .toArray(float[][]::new);
  }

  /**
   * Candidate thresholds: all distinct scores while they are few, else evenly spread over their
   * ranks.
   */
  private static float[] thresholds(float[][] tracks) {
    TreeSet<Float> distinct = new TreeSet<>();
    for (float[] track : tracks) {
      for (float score : track) {
        if (score > 0) {
          distinct.add(score);
        }
      }
    }
    Float[] all = distinct.toArray(new Float[0]);
    int n = Math.min(all.length, 2 * THRESHOLDS);
    float[] chosen = new float[n];
    for (int i = 0; i < n; i++) {
      chosen[i] = all[(int) ((long) i * (all.length - 1) / Math.max(1, n - 1))];
    }
    return Arrays.copyOf(chosen, n);
  }
}
