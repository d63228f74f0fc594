package org.earshot.audio.feature;

/**
 * Logarithm and power in plain float arithmetic, so that every JVM on every processor gives the
 * same bits. Faster than {@link Math}, whose intrinsics may differ in the last place.
 */
final class FastMath {
  private static final float LN_2 = 0.6931472f;

  private FastMath() {}

  /** Natural logarithm of a positive normal number; absolute error below 2e-6 times ln 2. */
  static float ln(float x) {
    return log2(x) * LN_2;
  }

  /**
   * Base-2 logarithm of a positive normal number. The mantissa is brought into [sqrt(1/2), sqrt(2))
   * and its logarithm taken as an odd series in s = (m - 1) / (m + 1), |s| at most 0.1716.
   */
  static float log2(float x) {
    int bits = Float.floatToRawIntBits(x);
    int shifted = bits - 0x3f3504f3; // sqrt(1/2)
    int exponent = shifted >> 23;
    float mantissa = Float.intBitsToFloat(bits - (exponent << 23));
    float s = (mantissa - 1f) / (mantissa + 1f);
    float s2 = s * s;
    // 2 / ln 2 * (s + s^3 / 3 + s^5 / 5 + s^7 / 7)
    float series = s * (2.88539f + s2 * (0.9617967f + s2 * (0.57707804f + s2 * 0.4121986f)));
    return exponent + series;
  }

  /** 2 to the power of x for x in [-120, 120]; relative error below 4e-6. */
  static float exp2(float x) {
    int whole = (int) (x + 128.5f) - 128; // nearest integer
    float fraction = (x - whole) * LN_2; // |fraction| at most 0.347
    float series =
        1f
            + fraction
                * (1f
                    + fraction
                        * (0.5f
                            + fraction
                                * (0.16666667f
                                    + fraction * (0.041666668f + fraction * 0.008333334f))));
    return series * Float.intBitsToFloat((whole + 127) << 23);
  }
}
