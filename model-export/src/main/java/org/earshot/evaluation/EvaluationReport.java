package org.earshot.evaluation;

import java.util.List;
import java.util.Map;

/**
 * Everything that an evaluation found out.
 *
 * @param title what was evaluated
 * @param conditions name and value of what it depends on, in order
 * @param notes sentences that a reader needs to judge the numbers
 * @param hours length of the streams
 * @param events one for each event of the model
 * @param clips the model on whole clips, then peers; empty when no clips were heard
 * @param peers on the same streams
 * @param byCondition all events together; empty where no conditions are known
 * @param confusion at the shipped decisions
 * @param floats quantisation's cost; empty without a float network
 * @param negatives sound that holds no event; empty when none was given
 * @param examples worst misses and false alerts
 */
record EvaluationReport(
    String title,
    Map<String, String> conditions,
    List<String> notes,
    double hours,
    List<EventEvaluation> events,
    List<ClipScores> clips,
    List<PeerResult> peers,
    List<ConditionRow> byCondition,
    Confusion confusion,
    List<FloatComparison> floats,
    List<NegativeResult> negatives,
    List<SoundExample> examples) {

  /**
   * Alerts on one recording without events.
   *
   * @param detections all of them false
   */
  record NegativeResult(String stream, double seconds, List<Detection> detections) {}

  double meanF1() {
    return mean(events.stream().mapToDouble(e -> e.shipped().score().f1()).toArray());
  }

  double meanBestF1() {
    return mean(events.stream().mapToDouble(e -> e.best().score().f1()).toArray());
  }

  double meanClipArea() {
    return clips.isEmpty() ? Double.NaN : clips.get(0).meanArea(ClipPooling.LINEAR_SOFTMAX);
  }

  /** The model's area over clips for an event; NaN when no clips were heard. */
  double clipArea(String event) {
    return clips.isEmpty() ? Double.NaN : clips.get(0).area(event, ClipPooling.LINEAR_SOFTMAX);
  }

  List<ClipScores> peersOnClips() {
    return clips.stream().skip(1).toList();
  }

  double meanStreamArea() {
    return mean(events.stream().mapToDouble(e -> e.streams().area()).toArray());
  }

  /** False alerts of all events together in an hour of the streams. */
  double falseAlertsPerHour() {
    return events.stream().mapToDouble(e -> e.shipped().score().falseAlertsPerHour()).sum();
  }

  private static double mean(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
