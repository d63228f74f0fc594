package org.earshot.kernel;

/** Quantises activations to int8 with one scale. Thread-safe; does not allocate. */
public final class Quantizer {
  /** Scale of hidden states: h lies in [-1, 1] and is held as round(127 * h). */
  public static final float HIDDEN_SCALE = 1f / 127;

  /** 1.5 * 2^52: in a double sum with it the lowest bit is worth 1, so adding rounds. */
  private static final double ROUNDER = 6755399441055744.0;

  /** Takes a half upwards, and no other float to another number. */
  private static final double TIES_UP = 0x1p-40;

  /** Up to here a double holds both the float and {@link #TIES_UP}. */
  private static final float LARGE = 1024;

  private Quantizer() {}

  /**
   * Writes {@code clamp(round(values[i] * inverseScale), -127, 127)}; ties go up, NaN gives 0.
   *
   * @param values [length] or longer
   * @param inverseScale one over the scale
   * @param quantized written from {@code offset}
   */
  public static void quantize(
      float[] values, int length, float inverseScale, byte[] quantized, int offset) {
    for (int i = 0; i < length; i++) {
      int q = round(values[i] * inverseScale);
      quantized[offset + i] = (byte) Math.max(-127, Math.min(127, q));
    }
  }

  /** As {@link Math#round(float)}, which takes four times as long, bit for bit. */
  static int round(float x) {
    if (Math.abs(x) < LARGE) {
      // The mantissa's lower half holds the rounded number in two's complement.
      return (int) Double.doubleToRawLongBits(x + TIES_UP + ROUNDER);
    }
    return Math.round(x); // beyond any activation, or NaN
  }
}
