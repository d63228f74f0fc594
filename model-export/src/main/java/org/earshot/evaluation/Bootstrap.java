package org.earshot.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap over whole streams, which are what is independent of each other; steps
 * within one are not.
 *
 * <p>Deterministic in its seed. Source: Efron and Tibshirani, An Introduction to the Bootstrap,
 * section 13.3.
 */
final class Bootstrap {

  private final int rounds;
  private final long seed;

  Bootstrap(int rounds, long seed) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be positive, not " + rounds);
    }
    this.rounds = rounds;
    this.seed = seed;
  }

  /**
   * The 95 % interval of a statistic.
   *
   * @param streams how many streams there are
   * @param statistic takes how often each stream was drawn, [streams]; rounds where it is NaN are
   *     left out
   */
  Interval interval(int streams, ToDoubleFunction<int[]> statistic) {
    if (streams == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[rounds];
    int defined = 0;
    int[] drawn = new int[streams];
    for (int round = 0; round < rounds; round++) {
      Arrays.fill(drawn, 0);
      for (int i = 0; i < streams; i++) {
        drawn[random.nextInt(streams)]++;
      }
      double value = statistic.applyAsDouble(drawn);
      if (!Double.isNaN(value)) {
        values[defined++] = value;
      }
    }
    double[] sorted = Arrays.copyOf(values, defined);
    Arrays.sort(sorted);
    return new Interval(Quantile.of(sorted, 0.025), Quantile.of(sorted, 0.975));
  }

  /** Interval of a statistic of summed alert counts. */
  Interval ofAlerts(AlertScore[] perStream, ToDoubleFunction<AlertScore> statistic) {
    return interval(
        perStream.length,
        drawn -> {
          int hits = 0;
          int missed = 0;
          int falseAlerts = 0;
          double seconds = 0;
          for (int i = 0; i < drawn.length; i++) {
            hits += drawn[i] * perStream[i].hits();
            missed += drawn[i] * perStream[i].missed();
            falseAlerts += drawn[i] * perStream[i].falseAlerts();
            seconds += drawn[i] * perStream[i].seconds();
          }
          return statistic.applyAsDouble(new AlertScore(hits, missed, falseAlerts, seconds));
        });
  }
}
