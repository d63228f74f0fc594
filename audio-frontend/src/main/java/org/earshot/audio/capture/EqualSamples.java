package org.earshot.audio.capture;

/**
 * Counts for how long all samples have been equal. Single-threaded; does not allocate.
 *
 * <p>Half a step of 16-bit audio counts as equal: what resampling leaves of a constant ripples.
 */
final class EqualSamples {
  private static final float TOLERANCE = 1f / 65_536; // a 16-bit step is 1/32768

  private float value = Float.NaN; // equals nothing
  private long count;

  /** Hears samples; returns how many of the last ones were equal. */
  long add(float[] samples, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (Math.abs(samples[i] - value) <= TOLERANCE) {
        count++;
      } else {
        value = samples[i];
        count = 1;
      }
    }
    return count;
  }
}
