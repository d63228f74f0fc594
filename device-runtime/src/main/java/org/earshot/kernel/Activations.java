package org.earshot.kernel;

/**
 * Sigmoid and tanh by table and linear interpolation: monotone, and the same bits on every
 * platform.
 *
 * <p>Knots are 1/128 apart and come from StrictMath, whose results Java fixes exactly (fdlibm).
 * Interpolation errs by at most {@code step^2 / 8 * max|f''|}: 7.4e-7 for sigmoid and 5.9e-6 for
 * tanh, next to 7.9e-3 for one step of the quantised hidden state. NaN gives NaN. Thread-safe; does
 * not allocate.
 */
public final class Activations {
  /** Largest absolute error of {@link #sigmoid}, held by a test. */
  public static final float SIGMOID_ERROR = 9e-7f;

  /** Largest absolute error of {@link #tanh}, held by a test. */
  public static final float TANH_ERROR = 6.1e-6f;

  private static final int KNOTS_PER_UNIT = 128;
  private static final int SIGMOID_LIMIT = 18; // 1 - sigmoid(18) = 1.5e-8, under half a float step
  private static final int TANH_LIMIT = 10; // 1 - tanh(10) = 4.1e-9, under half a float step

  private static final int SIGN_BIT = 0x80000000;
  private static final int ONE = 0x3f800000; // the bits of 1f

  private static final float[] SIGMOID = sigmoidTable(); // f(k / 128), k = 0 .. 128 * limit
  private static final float[] TANH = tanhTable();

  private Activations() {}

  /** Returns {@code 1 / (1 + exp(-x))} within {@link #SIGMOID_ERROR}. */
  public static float sigmoid(float x) {
    // sigmoid(-x) = 1 - sigmoid(x); 1 - y is monotone in y, so the whole is. No branch foretells
    // the
    // sign of a gate: y + 0 or -y + 1.
    int sign = Float.floatToRawIntBits(x) & SIGN_BIT;
    float y = interpolate(SIGMOID, Math.abs(x));
    float one = Float.intBitsToFloat((sign >> 31) & ONE);
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ sign) + one;
  }

  /** Returns the hyperbolic tangent within {@link #TANH_ERROR}. */
  public static float tanh(float x) {
    int sign = Float.floatToRawIntBits(x) & SIGN_BIT;
    float y = interpolate(TANH, Math.abs(x));
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ sign);
  }

  /**
   * Neighbouring knots differ by less than a factor of two but for the first pair of tanh, which
   * starts at 0; so their difference is exact (Sterbenz) and no step ends above the next knot.
   */
  private static float interpolate(float[] table, float x) {
    float position = x * KNOTS_PER_UNIT; // exact: a power of two
    if (position >= table.length - 1) {
      return table[table.length - 1];
    }
    int knot = (int) position;
    float low = table[knot];
    return low + (position - knot) * (table[knot + 1] - low);
  }

  private static float[] sigmoidTable() {
    float[] table = new float[SIGMOID_LIMIT * KNOTS_PER_UNIT + 1];
    for (int k = 0; k < table.length; k++) {
      table[k] = (float) (1 / (1 + StrictMath.exp(-(double) k / KNOTS_PER_UNIT)));
    }
    return table;
  }

  private static float[] tanhTable() {
    float[] table = new float[TANH_LIMIT * KNOTS_PER_UNIT + 1];
    for (int k = 0; k < table.length; k++) {
      table[k] = (float) StrictMath.tanh((double) k / KNOTS_PER_UNIT);
    }
    return table;
  }
}
