package org.earshot.audio;

/**
 * Samples as signed 16-bit numbers, full scale mapped to [-1, 1).
 *
 * <p>Rounds to nearest and clips; NaN becomes silence. What a 16-bit recording held comes back
 * exactly. Thread-safe; allocates nothing.
 */
public final class Pcm16 {
  private static final float FULL_SCALE = 0x1p15f;

  private Pcm16() {}

  /** Returns the 16-bit number nearest to a sample. */
  public static short of(float sample) {
    return (short) Math.round(Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, sample * FULL_SCALE)));
  }
}
