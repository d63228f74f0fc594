package org.earshot.simulation;

/**
 * Second-order filters of the "Audio EQ Cookbook" (R. Bristow-Johnson), run over whole arrays.
 *
 * <p>Immutable; {@link #apply} starts from a zero state and filters in place.
 */
final class Biquad {
  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;

  private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) {
    this.b0 = b0 / a0;
    this.b1 = b1 / a0;
    this.b2 = b2 / a0;
    this.a1 = a1 / a0;
    this.a2 = a2 / a0;
  }

  static Biquad lowPass(double frequencyHz, double q) {
    double w = angle(frequencyHz);
    double cos = Math.cos(w);
    double alpha = Math.sin(w) / (2 * q);
    return new Biquad((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
  }

  static Biquad highPass(double frequencyHz, double q) {
    double w = angle(frequencyHz);
    double cos = Math.cos(w);
    double alpha = Math.sin(w) / (2 * q);
    return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
  }

  static Biquad bandPass(double frequencyHz, double q) {
    double w = angle(frequencyHz);
    double alpha = Math.sin(w) / (2 * q);
    return new Biquad(alpha, 0, -alpha, 1 + alpha, -2 * Math.cos(w), 1 - alpha);
  }

  static Biquad peaking(double frequencyHz, double q, double gainDb) {
    double a = Math.pow(10, gainDb / 40);
    double w = angle(frequencyHz);
    double cos = Math.cos(w);
    double alpha = Math.sin(w) / (2 * q);
    return new Biquad(
        1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
  }

  static Biquad lowShelf(double frequencyHz, double gainDb) {
    return shelf(frequencyHz, gainDb, 1);
  }

  static Biquad highShelf(double frequencyHz, double gainDb) {
    return shelf(frequencyHz, gainDb, -1);
  }

  private static Biquad shelf(double frequencyHz, double gainDb, int side) {
    double a = Math.pow(10, gainDb / 40);
    double w = angle(frequencyHz);
    double cos = side * Math.cos(w);
    double beta = 2 * Math.sqrt(a) * Math.sin(w) * Math.sqrt(0.5);
    return new Biquad(
        a * ((a + 1) - (a - 1) * cos + beta),
        side * 2 * a * ((a - 1) - (a + 1) * cos),
        a * ((a + 1) - (a - 1) * cos - beta),
        (a + 1) + (a - 1) * cos + beta,
        side * -2 * ((a - 1) + (a + 1) * cos),
        (a + 1) + (a - 1) * cos - beta);
  }

  /** Filters {@code samples[from, to)} in place. */
  void apply(float[] samples, int from, int to) {
    double s1 = 0;
    double s2 = 0;
    for (int i = from; i < to; i++) {
      double x = samples[i];
      double y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2 + 1e-20; // keeps the state out of denormal numbers
      s2 = b2 * x - a2 * y;
      samples[i] = (float) y;
    }
  }

  void apply(float[] samples) {
    apply(samples, 0, samples.length);
  }

  private static double angle(double frequencyHz) {
    return 2
        * Math.PI
        * Math.min(frequencyHz, 0.49 * Signal.SAMPLE_RATE_HZ)
        / Signal.SAMPLE_RATE_HZ;
  }
}
