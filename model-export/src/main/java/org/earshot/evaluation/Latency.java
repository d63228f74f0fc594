package org.earshot.evaluation;

import java.util.List;

/**
 * How long after the true onset right alerts were raised.
 *
 * @param alerts how many right alerts state when they were raised
 * @param medianSeconds half were faster; NaN without alerts
 * @param ninetiethPercentileSeconds nine of ten were faster; NaN without alerts
 */
public record Latency(int alerts, double medianSeconds, double ninetiethPercentileSeconds) {

  static Latency of(List<AlertMatch.Hit> hits) {
    double[] ascending =
        hits.stream()
            .mapToDouble(AlertMatch.Hit::latencySeconds)
            .filter(seconds -> !Double.isNaN(seconds))
            .sorted()
            .toArray();
    return new Latency(ascending.length, Quantile.of(ascending, 0.5), Quantile.of(ascending, 0.9));
  }
}
