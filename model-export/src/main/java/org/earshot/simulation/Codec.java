package org.earshot.simulation;

/** Coarse codecs that recordings pass through on their way: each there and back, in place. */
final class Codec {
  private static final int[] STEP_CHANGES = {-1, -1, -1, -1, 2, 4, 6, 8};
  private static final int[] STEPS = steps();

  private Codec() {}

  /** 8-bit mu-law of ITU-T G.711, as its continuous curve. */
  static void muLaw(float[] samples) {
    double mu = 255;
    double log = Math.log1p(mu);
    for (int i = 0; i < samples.length; i++) {
      double x = Math.max(-1, Math.min(1, samples[i]));
      double y = Math.signum(x) * Math.log1p(mu * Math.abs(x)) / log;
      double q = Math.round(y * 127) / 127.0;
      samples[i] = (float) (Math.signum(q) * Math.expm1(Math.abs(q) * log) / mu);
    }
  }

  /** 4-bit IMA ADPCM, mono, one block without end. */
  static void imaAdpcm(float[] samples) {
    int predicted = 0;
    int index = 0;
    for (int i = 0; i < samples.length; i++) {
      int step = STEPS[index];
      int difference = Math.round(32767 * Math.max(-1, Math.min(1, samples[i]))) - predicted;
      int code = Math.min(7, Math.abs(difference) * 4 / step);
      int change =
          step / 8 + (code & 4) / 4 * step + (code & 2) / 2 * (step / 2) + (code & 1) * (step / 4);
      predicted += difference < 0 ? -change : change;
      predicted = Math.max(-32768, Math.min(32767, predicted));
      index = Math.max(0, Math.min(STEPS.length - 1, index + STEP_CHANGES[code]));
      samples[i] = predicted / 32768f;
    }
  }

  /** Rounds to a word of so many bits. */
  static void quantise(float[] samples, int bits) {
    float levels = 1 << (bits - 1);
    for (int i = 0; i < samples.length; i++) {
      float scaled = Math.round(samples[i] * levels);
      samples[i] = Math.max(-levels, Math.min(levels - 1, scaled)) / levels;
    }
  }

  /** IMA's step table is 7, 8, 9 ... 32767, each about 1.1 times the last. */
  private static int[] steps() {
    int[] steps = new int[89];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (int) Math.min(32767, Math.round(7 * Math.pow(1.1, i)));
    }
    return steps;
  }
}
