package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a detector does on one event at one setting.
 *
 * @param threshold posterior, or a peer's score, that opens an alert; NaN when unknown
 * @param score counts over all streams
 * @param recall 95 % interval
 * @param precision 95 % interval
 * @param f1 95 % interval
 * @param onset DCASE 2017 task 2
 * @param latency of right alerts
 * @param byRatio events found and missed at each event-to-background ratio; no false alerts in it
 */
record OperatingPoint(
    double threshold,
    AlertScore score,
    Interval recall,
    Interval precision,
    Interval f1,
    OnsetScore onset,
    Latency latency,
    Map<Integer, AlertScore> byRatio) {

  static OperatingPoint of(
      String event, double threshold, List<StreamResult> results, Bootstrap bootstrap) {
    AlertScore[] perStream = new AlertScore[results.size()];
    AlertScore sum = AlertScore.NONE;
    List<OnsetScore> onsets = new ArrayList<>();
    List<AlertMatch.Hit> hits = new ArrayList<>();
    Map<Integer, AlertScore> byRatio = new TreeMap<>();
    for (int s = 0; s < perStream.length; s++) {
      StreamResult result = results.get(s);
      AlertMatch match = AlertMatch.of(result, event);
      perStream[s] =
          new AlertScore(
              match.hits().size(),
              match.missed().size(),
              match.falseAlerts().size(),
              result.seconds());
      sum = sum.plus(perStream[s]);
      onsets.add(OnsetScore.of(result, event));
      hits.addAll(match.hits());
      for (AlertMatch.Hit hit : match.hits()) {
        count(byRatio, hit.occurrence(), new AlertScore(1, 0, 0, 0));
      }
      for (Occurrence missed : match.missed()) {
        count(byRatio, missed, new AlertScore(0, 1, 0, 0));
      }
    }
    return new OperatingPoint(
        threshold,
        sum,
        bootstrap.ofAlerts(perStream, AlertScore::recall),
        bootstrap.ofAlerts(perStream, AlertScore::precision),
        bootstrap.ofAlerts(perStream, AlertScore::f1),
        OnsetScore.sum(onsets),
        Latency.of(hits),
        byRatio);
  }

  private static void count(
      Map<Integer, AlertScore> byRatio, Occurrence occurrence, AlertScore score) {
    if (!Double.isNaN(occurrence.eventToBackgroundDb())) {
      int ratio = (int) Math.round(occurrence.eventToBackgroundDb());
      byRatio.merge(ratio, score, AlertScore::plus);
    }
  }
}
