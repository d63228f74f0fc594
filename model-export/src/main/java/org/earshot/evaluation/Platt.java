package org.earshot.evaluation;

/**
 * Fits {@code sigmoid(slope * score + offset)} to scores of known class (Platt 1999, with Lin, Lin
 * and Weng's Newton method, 2007).
 *
 * <p>Either class has half of the weight, however many examples it has: a posterior of 0.5 says
 * that the score is as likely of the event as of anything else. Platt's softened targets keep the
 * slope finite when the classes separate.
 *
 * @param slope positive when positives score higher
 * @param offset posterior's logit at score 0
 */
record Platt(double slope, double offset) {

  private static final int ITERATIONS = 100;
  private static final double SMALLEST_STEP = 1e-10;
  private static final double RIDGE = 1e-9;

  /** Fits both numbers; the identity when one class has no example. */
  static Platt fit(float[] scores, boolean[] positive) {
    int positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    int negatives = positive.length - positives;
    if (positives == 0 || negatives == 0) {
      return new Platt(1, 0);
    }
    Problem problem = new Problem(scores, positive, positives, negatives);
    double a = 0;
    double b = 0;
    double loss = problem.loss(a, b);
    for (int i = 0; i < ITERATIONS; i++) {
      double[] g = problem.gradientAndHessian(a, b);
      double determinant = g[2] * g[4] - g[3] * g[3];
      double da = -(g[4] * g[0] - g[3] * g[1]) / determinant;
      double db = -(g[2] * g[1] - g[3] * g[0]) / determinant;
      double descent = g[0] * da + g[1] * db;
      double step = 1;
      double next = problem.loss(a + da, b + db);
      while (next > loss + 1e-4 * step * descent && step > SMALLEST_STEP) {
        step /= 2;
        next = problem.loss(a + step * da, b + step * db);
      }
      if (step <= SMALLEST_STEP) {
        break;
      }
      a += step * da;
      b += step * db;
      boolean settled = loss - next < 1e-12;
      loss = next;
      if (settled) {
        break;
      }
    }
    return new Platt(a, b);
  }

  @SuppressWarnings("ArrayRecordComponent") // a view of the arguments, compared nowhere
  private record Problem(float[] scores, boolean[] positive, int positives, int negatives) {

    private double target(int i) {
      return positive[i] ? (positives + 1.0) / (positives + 2.0) : 1.0 / (negatives + 2.0);
    }

    private double weight(int i) {
      return positive[i] ? 0.5 / positives : 0.5 / negatives;
    }

    double loss(double a, double b) {
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        double z = a * scores[i] + b;
        // log(1 + exp(z)) - t z, without overflow
        double softplus = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
        sum += weight(i) * (softplus - target(i) * z);
      }
      return sum;
    }

    /** d/da, d/db, then the Hessian's aa, ab, bb with a small ridge. */
    double[] gradientAndHessian(double a, double b) {
      double[] g = {0, 0, RIDGE, 0, RIDGE};
      for (int i = 0; i < scores.length; i++) {
        double x = scores[i];
        double p = 1 / (1 + Math.exp(-(a * x + b)));
        double error = weight(i) * (p - target(i));
        double curvature = weight(i) * p * (1 - p);
        g[0] += error * x;
        g[1] += error;
        g[2] += curvature * x * x;
        g[3] += curvature * x;
        g[4] += curvature;
      }
      return g;
    }
  }
}
