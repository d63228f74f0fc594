package org.earshot.audio.dsp;

/**
 * A Kaiser-windowed sinc low-pass, cut into one short filter for each position that an output
 * sample can take between two input samples. Immutable.
 *
 * <p>Sources: Crochiere and Rabiner, "Interpolation and decimation of digital signals", Proc. IEEE
 * 69 (1981); Kaiser's window design formulas as in Oppenheim and Schafer, "Discrete-Time Signal
 * Processing", section 7.6.
 */
final class PolyphaseFilter {
  /** Stop-band attenuation asked of the design, in dB. */
  static final double ATTENUATION_DB = 84;

  private static final double KAISER_BETA = 0.1102 * (ATTENUATION_DB - 8.7);

  /** Ratios with more positions than this are interpolated linearly between that many. */
  static final int MAX_EXACT_PHASES = 1_280;

  private static final int INTERPOLATED_PHASES = 1_024;

  private final int taps; // even; half of them before the output's position
  private final int phases;
  private final boolean exact;
  private final float[] coefficients; // [phases (+ 1 when interpolated)][taps]

  /**
   * @param positions number of output positions between two input samples
   * @param pass end of the pass band, in cycles per input sample
   * @param stop start of the stop band, in cycles per input sample, greater than {@code pass}
   */
  PolyphaseFilter(int positions, double pass, double stop) {
    double width = 2 * Math.PI * (stop - pass);
    double length = (ATTENUATION_DB - 8) / (2.285 * width);
    // rounded up to 8 taps, the unrolling of the dot product
    taps = 8 * (int) Math.ceil((length + 1) / 8);
    exact = positions <= MAX_EXACT_PHASES;
    phases = exact ? positions : INTERPOLATED_PHASES;
    int rows = exact ? phases : phases + 1;
    coefficients = new float[rows * taps];
    double cutoff = (pass + stop) / 2;
    double[] row = new double[taps];
    for (int phase = 0; phase < rows; phase++) {
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        double distance = tap - (taps / 2 - 1) - (double) phase / phases;
        row[tap] = sinc(2 * cutoff * distance) * kaiser(distance / (taps / 2.0));
        sum += row[tap];
      }
      for (int tap = 0; tap < taps; tap++) {
        coefficients[phase * taps + tap] = (float) (row[tap] / sum);
      }
    }
  }

  int taps() {
    return taps;
  }

  /**
   * The output at {@code position / positions} of the way from input sample {@code at + taps/2 - 1}
   * to the next, of the input {@code x[at..at+taps)}. Always summed in the same order.
   */
  float apply(float[] x, int at, long position, long positions) {
    if (exact) {
      return dot(x, at, (int) position * taps);
    }
    long scaled = position * phases; // < 16_000 * 22 * 1_024, far inside a long
    int phase = (int) (scaled / positions);
    float toNext = (float) (scaled % positions) / positions;
    float below = dot(x, at, phase * taps);
    float above = dot(x, at, (phase + 1) * taps);
    return below + toNext * (above - below);
  }

  private float dot(float[] x, int at, int row) {
    float[] h = coefficients;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int tap = 0; tap < taps; tap += 8) {
      s0 += h[row + tap] * x[at + tap];
      s1 += h[row + tap + 1] * x[at + tap + 1];
      s2 += h[row + tap + 2] * x[at + tap + 2];
      s3 += h[row + tap + 3] * x[at + tap + 3];
      s4 += h[row + tap + 4] * x[at + tap + 4];
      s5 += h[row + tap + 5] * x[at + tap + 5];
      s6 += h[row + tap + 6] * x[at + tap + 6];
      s7 += h[row + tap + 7] * x[at + tap + 7];
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1
        ? 0
        : bessel0(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel0(KAISER_BETA);
  }

  /** Modified Bessel function of the first kind, order 0, by its power series. */
  private static double bessel0(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
