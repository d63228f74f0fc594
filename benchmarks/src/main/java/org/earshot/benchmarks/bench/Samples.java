package org.earshot.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;

/** Measurements of two things that were taken in turns. */
final class Samples {
  private Samples() {}

  /** Returns the median; NaN of none. */
  static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /** Returns a quantile, interpolated between neighbours; NaN of none. */
  static double quantile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Returns the quotient of each pair; as many as both have. */
  static List<Double> ratios(List<Double> slower, List<Double> faster) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(slower.size(), faster.size()); i++) {
      ratios.add(slower.get(i) / faster.get(i));
    }
    return ratios;
  }

  /** Returns smallest, median and largest. */
  static double[] summary(List<Double> values) {
    return new double[] {quantile(values, 0), median(values), quantile(values, 1)};
  }
}
