package org.earshot.simulation;

/** Small array operations on 16 kHz mono signals. */
final class Signal {
  static final int SAMPLE_RATE_HZ = 16_000;

  /**
   * Corner of the high-pass that powers are measured through: rumble below it carries much energy
   * and masks nothing that a home microphone hears.
   */
  static final double POWER_HIGH_PASS_HZ = 100;

  private static final Biquad POWER_FILTER = Biquad.highPass(POWER_HIGH_PASS_HZ, Math.sqrt(0.5));

  private Signal() {}

  static int samples(double seconds) {
    return (int) Math.round(seconds * SAMPLE_RATE_HZ);
  }

  static double seconds(int samples) {
    return (double) samples / SAMPLE_RATE_HZ;
  }

  static float gain(double db) {
    return (float) Math.pow(10, db / 20);
  }

  static double powerDb(double power) {
    return 10 * Math.log10(Math.max(power, 1e-14));
  }

  /**
   * Running sum of squares of the high-passed signal: {@code sums[i]} covers the first i samples.
   */
  static double[] powerSums(float[] signal) {
    float[] filtered = signal.clone();
    POWER_FILTER.apply(filtered);
    double[] sums = new double[signal.length + 1];
    double sum = 0;
    for (int i = 0; i < filtered.length; i++) {
      sum += (double) filtered[i] * filtered[i];
      sums[i + 1] = sum;
    }
    return sums;
  }

  /** Mean power of {@code [from, to)} from running sums; 0 when the span is empty. */
  static double meanPower(double[] sums, int from, int to) {
    int low = Math.max(0, Math.min(from, sums.length - 1));
    int high = Math.max(0, Math.min(to, sums.length - 1));
    return high <= low ? 0 : (sums[high] - sums[low]) / (high - low);
  }

  static float peak(float[] signal) {
    float peak = 0;
    for (float sample : signal) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  static double rms(float[] signal) {
    double sum = 0;
    for (float sample : signal) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / Math.max(1, signal.length));
  }

  static void scale(float[] signal, float gain) {
    for (int i = 0; i < signal.length; i++) {
      signal[i] *= gain;
    }
  }

  /** Adds {@code gain * source} to {@code target} from {@code at}, which may be negative. */
  static void add(float[] target, int at, float[] source, float gain) {
    int from = Math.max(0, -at);
    int to = Math.min(source.length, target.length - at);
    for (int i = from; i < to; i++) {
      target[at + i] += gain * source[i];
    }
  }

  /** Raised-cosine fades at both ends, in place. */
  static void fade(float[] signal, int inSamples, int outSamples) {
    int in = Math.min(inSamples, signal.length);
    for (int i = 0; i < in; i++) {
      signal[i] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / in));
    }
    int out = Math.min(outSamples, signal.length);
    for (int i = 0; i < out; i++) {
      signal[signal.length - 1 - i] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / out));
    }
  }

  /** Plays {@code signal} {@code factor} times faster, with cubic interpolation. */
  static float[] changeSpeed(float[] signal, double factor) {
    int length = (int) Math.floor((signal.length - 1) / factor);
    if (length < 4) {
      return signal.clone();
    }
    float[] out = new float[length];
    int last = signal.length - 1;
    for (int i = 0; i < length; i++) {
      double at = i * factor;
      int k = (int) at;
      float t = (float) (at - k);
      float p0 = signal[Math.max(0, k - 1)];
      float p1 = signal[k];
      float p2 = signal[Math.min(last, k + 1)];
      float p3 = signal[Math.min(last, k + 2)];
      float c1 = 0.5f * (p2 - p0);
      float c2 = p0 - 2.5f * p1 + 2 * p2 - 0.5f * p3;
      float c3 = 0.5f * (p3 - p0) + 1.5f * (p1 - p2);
      out[i] = ((c3 * t + c2) * t + c1) * t + p1;
    }
    return out;
  }
}
