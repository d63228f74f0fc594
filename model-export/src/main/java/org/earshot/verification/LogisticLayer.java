package org.earshot.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A logistic layer over a few features, fitted by Newton's method with a ridge. Either class has
 * half of the weight, however many examples it has; no feature gets a negative weight, since none
 * speaks against what it was made to hear.
 *
 * @param bias of the logit
 * @param weights of the features, 0 or more
 */
record LogisticLayer(double bias, List<Double> weights) {
  private static final int ITERATIONS = 50;

  /** Pulls weights to zero, against a mean loss of the examples. */
  private static final double RIDGE = 0.01;

  LogisticLayer {
    weights = List.copyOf(weights);
  }

  /**
   * Fits the layer.
   *
   * @param count of features
   * @param features [examples][features]
   * @param positive [examples]
   * @return bias 0 and every weight 1 where a class has no example
   */
  static LogisticLayer fit(int count, double[][] features, boolean[] positive) {
    boolean[] used = new boolean[count];
    Arrays.fill(used, true);
    while (true) {
      double[] fitted = fit(features, positive, used);
      int most = -1;
      for (int i = 0; i < count; i++) {
        if (used[i] && fitted[i + 1] < 0 && (most < 0 || fitted[i + 1] < fitted[most + 1])) {
          most = i;
        }
      }
      if (most < 0) {
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          weights.add(used[i] ? fitted[i + 1] : 0);
        }
        return new LogisticLayer(fitted[0], weights);
      }
      used[most] = false;
    }
  }

  double logit(double[] features) {
    double logit = bias;
    for (int i = 0; i < features.length; i++) {
      logit += weights.get(i) * features[i];
    }
    return logit;
  }

  private static double[] fit(double[][] features, boolean[] positive, boolean[] used) {
    int size = used.length + 1;
    int positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    int negatives = positive.length - positives;
    double[] w = new double[size];
    if (positives == 0 || negatives == 0) {
      Arrays.fill(w, 1, size, 1);
      return w;
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] gradient = new double[size];
      double[][] hessian = new double[size][size];
      for (int i = 1; i < size; i++) {
        gradient[i] = RIDGE * w[i];
        hessian[i][i] = used[i - 1] ? RIDGE : 1;
      }
      hessian[0][0] = 1e-9;
      for (int e = 0; e < features.length; e++) {
        double[] x = row(features[e], used);
        double logit = 0;
        for (int i = 0; i < size; i++) {
          logit += w[i] * x[i];
        }
        double p = 1 / (1 + Math.exp(-logit));
        double weight = positive[e] ? 0.5 / positives : 0.5 / negatives;
        for (int i = 0; i < size; i++) {
          gradient[i] += weight * (p - (positive[e] ? 1 : 0)) * x[i];
          for (int j = 0; j < size; j++) {
            hessian[i][j] += weight * Math.max(1e-6, p * (1 - p)) * x[i] * x[j];
          }
        }
      }
      double[] step = solve(hessian, gradient);
      double largest = 0;
      for (int i = 0; i < size; i++) {
        double move = Math.max(-2, Math.min(2, step[i])); // a full step may overshoot
        w[i] -= move;
        largest = Math.max(largest, Math.abs(move));
      }
      if (largest < 1e-9) {
        break;
      }
    }
    return w;
  }

  private static double[] row(double[] features, boolean[] used) {
    double[] x = new double[features.length + 1];
    x[0] = 1;
    for (int i = 0; i < features.length; i++) {
      x[i + 1] = used[i] ? features[i] : 0;
    }
    return x;
  }

  /** Gauss' elimination with pivots; both arguments are used up. */
  private static double[] solve(double[][] a, double[] b) {
    int size = b.length;
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
      }
      double[] swapped = a[column];
      a[column] = a[pivot];
      a[pivot] = swapped;
      double value = b[column];
      b[column] = b[pivot];
      b[pivot] = value;
      for (int row = column + 1; row < size; row++) {
        double factor = a[row][column] / a[column][column];
        for (int i = column; i < size; i++) {
          a[row][i] -= factor * a[column][i];
        }
        b[row] -= factor * b[column];
      }
    }
    double[] x = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double sum = b[row];
      for (int i = row + 1; i < size; i++) {
        sum -= a[row][i] * x[i];
      }
      x[row] = sum / a[row][row];
    }
    return x;
  }
}
