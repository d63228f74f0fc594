package org.earshot.replay;

/** A slow and plain resampler for making test files, which shares nothing with the product's. */
final class Sinc {
  private static final int ZERO_CROSSINGS = 24;

  private Sinc() {}

  /** Returns the samples at another rate: a Hann-windowed sinc at 0.47 of the lower rate. */
  static float[] resample(float[] samples, int fromHz, int toHz) {
    float[] out = new float[(int) ((long) samples.length * toHz / fromHz)];
    double cutoff = 0.94 * Math.min(1, toHz / (double) fromHz); // of half the input's rate
    double reach = ZERO_CROSSINGS / cutoff; // input samples
    for (int i = 0; i < out.length; i++) {
      double centre = i * (double) fromHz / toHz;
      int first = (int) Math.max(0, Math.ceil(centre - reach));
      int last = (int) Math.min(samples.length - 1, Math.floor(centre + reach));
      double sum = 0;
      for (int j = first; j <= last; j++) {
        double x = centre - j;
        double window = 0.5 + 0.5 * Math.cos(Math.PI * x / reach);
        double phase = Math.PI * cutoff * x;
        sum += samples[j] * cutoff * window * (phase == 0 ? 1 : Math.sin(phase) / phase);
      }
      out[i] = (float) sum;
    }
    return out;
  }
}
