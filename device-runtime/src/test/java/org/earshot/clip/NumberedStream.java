package org.earshot.clip;

/** A stream whose samples tell their index: no two within 65,535 are equal. */
final class NumberedStream {
  private NumberedStream() {}

  static short at(long sample) {
    return (short) (Math.floorMod(sample, 65_535L) - 32_767);
  }

  static float[] block(long startSample, int length) {
    float[] block = new float[length];
    for (int i = 0; i < length; i++) {
      block[i] = at(startSample + i) / 32_768f;
    }
    return block;
  }

  static short[] samples(long from, long to) {
    short[] samples = new short[(int) (to - from)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = at(from + i);
    }
    return samples;
  }
}
