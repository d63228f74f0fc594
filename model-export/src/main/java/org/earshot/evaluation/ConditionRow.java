package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How detectors do, all events together, on the streams that share a condition.
 *
 * @param condition such as {@code background}
 * @param value such as {@code kitchen}
 * @param streams how many there are
 * @param results by detector, in the order of the report
 */
record ConditionRow(String condition, String value, int streams, Map<String, Result> results) {

  /**
   * One detector.
   *
   * @param score of all events together
   * @param recall 95 % interval
   */
  record Result(AlertScore score, Interval recall) {}

  /**
   * One row for each value of each condition, in the order of {@link Conditions#NAMES}.
   *
   * @param detectors by name, [streams] counts of all events together
   */
  static List<ConditionRow> of(
      List<EvaluationStream> streams,
      Map<String, List<AlertScore>> detectors,
      Bootstrap bootstrap) {
    List<ConditionRow> rows = new ArrayList<>();
    for (String condition : Conditions.NAMES) {
      Map<String, List<Integer>> byValue = new TreeMap<>(ConditionRow::compare);
      for (int s = 0; s < streams.size(); s++) {
        String value = streams.get(s).conditions().get(condition);
        if (value != null) {
          byValue.computeIfAbsent(value, key -> new ArrayList<>()).add(s);
        }
      }
      byValue.forEach(
          (value, members) -> {
            Map<String, Result> results = new LinkedHashMap<>();
            detectors.forEach((name, all) -> results.put(name, result(members, all, bootstrap)));
            rows.add(new ConditionRow(condition, value, members.size(), results));
          });
    }
    return rows;
  }

  private static Result result(List<Integer> members, List<AlertScore> all, Bootstrap bootstrap) {
    AlertScore[] scores = members.stream().map(all::get).toArray(AlertScore[]::new);
    AlertScore sum = AlertScore.NONE;
    for (AlertScore score : scores) {
      sum = sum.plus(score);
    }
    return new Result(sum, bootstrap.ofAlerts(scores, AlertScore::recall));
  }

  /** Numbers by size, words by letter: 6 dB before 12 dB. */
  private static int compare(String a, String b) {
    if (a.matches("-?\\d+ dB") && b.matches("-?\\d+ dB")) {
      return Integer.compare(decibels(a), decibels(b));
    }
    return a.compareTo(b);
  }

  private static int decibels(String value) {
    return Integer.parseInt(value.substring(0, value.indexOf(' ')));
  }

  /**
   * Counts of all events together, [streams].
   *
   * @param resultsOf an event's results, [streams]
   */
  static List<AlertScore> totals(
      List<String> events, Function<String, List<StreamResult>> resultsOf) {
    List<AlertScore> totals = new ArrayList<>();
    for (String event : events) {
      List<StreamResult> results = resultsOf.apply(event);
      for (int s = 0; s < results.size(); s++) {
        AlertScore score = AlertScore.of(results.get(s), event);
        if (s == totals.size()) {
          totals.add(score);
        } else {
          totals.set(s, totals.get(s).besides(score));
        }
      }
    }
    return totals;
  }
}
