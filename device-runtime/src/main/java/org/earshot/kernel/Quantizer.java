package org.earshot.kernel;

/** Quantises activations to int8 with one scale. Thread-safe; does not allocate. */
public final class Quantizer {
  /** Scale of hidden states: h lies in [-1, 1] and is held as round(127 * h). */
  public static final float HIDDEN_SCALE = 1f / 127;

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
      int q = Math.round(values[i] * inverseScale);
      quantized[offset + i] = (byte) Math.max(-127, Math.min(127, q));
    }
  }
}
