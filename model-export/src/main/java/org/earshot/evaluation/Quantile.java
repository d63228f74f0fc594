package org.earshot.evaluation;

/** Quantiles of ascending values, linear between neighbours (type 7 of Hyndman and Fan, 1996). */
final class Quantile {

  private Quantile() {}

  /** The quantile, NaN of no values. */
  static double of(double[] ascending, double share) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    double at = share * (ascending.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
  }
}
