package org.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A peer on the same streams.
 *
 * @param name as given on the command line
 * @param note how it was used, in a sentence
 * @param events by label, in the order of the evaluation
 * @param totals [streams] counts of all events together
 */
record PeerResult(
    String name, String note, Map<String, PeerEvent> events, List<AlertScore> totals) {

  /**
   * A peer on one event.
   *
   * @param mapping the peer's classes that stand for it; empty for a table of alerts
   * @param curve of each stream's highest score
   * @param point at its best setting, or as its table says
   */
  record PeerEvent(List<String> mapping, ScoreCurve curve, OperatingPoint point) {}

  /** A windowed peer at the mapping and threshold that suit it best on each event. */
  static PeerResult tuned(
      String name,
      PeerScores scores,
      List<String> events,
      List<EvaluationStream> streams,
      Bootstrap bootstrap) {
    return windowed(
        name,
        "For each event the mapping of classes, the threshold and the onset convention with its"
            + " best F1 on these very streams, which favours it.",
        new PeerTuning(scores, streams),
        PeerTuning::best,
        events,
        streams,
        bootstrap);
  }

  /** A windowed peer at one threshold for all events, with the mapping that suits it best there. */
  static PeerResult at(
      float threshold,
      String name,
      PeerScores scores,
      List<String> events,
      List<EvaluationStream> streams,
      Bootstrap bootstrap) {
    return windowed(
        name,
        "For each event the mapping of classes and the onset convention with its best F1 at this"
            + " threshold.",
        new PeerTuning(scores, streams),
        (tuning, event) -> tuning.at(event, threshold),
        events,
        streams,
        bootstrap);
  }

  private static PeerResult windowed(
      String name,
      String note,
      PeerTuning tuning,
      BiFunction<PeerTuning, String, PeerTuning.Choice> chooser,
      List<String> events,
      List<EvaluationStream> streams,
      Bootstrap bootstrap) {
    Map<String, PeerEvent> results = new LinkedHashMap<>();
    Map<String, List<StreamResult>> byEvent = new HashMap<>();
    for (String event : events) {
      PeerTuning.Choice choice = chooser.apply(tuning, event);
      List<StreamResult> alerts = ModelRun.results(streams, tuning.alerts(choice));
      byEvent.put(event, alerts);
      results.put(
          event,
          new PeerEvent(
              choice.classes(),
              EventEvaluation.curveOfPeaks(event, streams, tuning.peaks(choice)),
              OperatingPoint.of(event, choice.threshold(), alerts, bootstrap)));
    }
    return new PeerResult(name, note, results, ConditionRow.totals(events, byEvent::get));
  }

  /** A peer whose alerts stand in a table. */
  static PeerResult fromTable(
      String name,
      Path table,
      List<String> events,
      List<EvaluationStream> streams,
      Bootstrap bootstrap)
      throws IOException {
    EventTable rows = EventTable.read(table);
    List<StreamResult> alerts = new ArrayList<>();
    for (EvaluationStream stream : streams) {
      List<Detection> detections = new ArrayList<>();
      for (EventTable.Row row : rows.rowsOf(stream.file().toString())) {
        detections.add(
            new Detection(
                row.label(),
                row.onsetSeconds(),
                row.offsetSeconds(),
                row.number("posterior"),
                Double.NaN));
      }
      alerts.add(stream.result(detections));
    }
    Map<String, PeerEvent> results = new LinkedHashMap<>();
    for (String event : events) {
      float[] peaks = new float[streams.size()];
      for (int s = 0; s < peaks.length; s++) {
        for (Detection d : alerts.get(s).detections()) {
          if (d.label().equals(event)) {
            double score = Double.isNaN(d.posterior()) ? 1 : d.posterior();
            peaks[s] = (float) Math.max(peaks[s], score);
          }
        }
      }
      results.put(
          event,
          new PeerEvent(
              List.of(),
              EventEvaluation.curveOfPeaks(event, streams, peaks),
              OperatingPoint.of(event, Double.NaN, alerts, bootstrap)));
    }
    return new PeerResult(
        name,
        "Alerts as its table states them.",
        results,
        ConditionRow.totals(events, event -> alerts));
  }

  /** Mean F1 over the events that have one. */
  double meanF1() {
    return events.values().stream()
        .mapToDouble(e -> e.point().score().f1())
        .filter(f1 -> !Double.isNaN(f1))
        .average()
        .orElse(Double.NaN);
  }
}
