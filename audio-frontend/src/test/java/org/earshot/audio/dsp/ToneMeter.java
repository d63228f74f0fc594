package org.earshot.audio.dsp;

/** Measures what a conversion does to a tone. */
final class ToneMeter {
  private ToneMeter() {}

  /** A tone of amplitude 1 as it came out. */
  record Reading(double gainDb, double delaySamples, double residueDb) {}

  static float[] tone(double hz, int rateHz, int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * hz * i / rateHz);
    }
    return tone;
  }

  /** Fits the tone to the middle of {@code x}; the residue is all that is not the tone. */
  static Reading fit(float[] x, double hz, int rateHz) {
    int start = x.length / 8;
    int end = x.length - start;
    double step = 2 * Math.PI * hz / rateHz;
    double ss = 0;
    double cc = 0;
    double sc = 0;
    double xs = 0;
    double xc = 0;
    for (int i = start; i < end; i++) {
      double s = Math.sin(step * i);
      double c = Math.cos(step * i);
      ss += s * s;
      cc += c * c;
      sc += s * c;
      xs += x[i] * s;
      xc += x[i] * c;
    }
    double determinant = ss * cc - sc * sc;
    double a = (xs * cc - xc * sc) / determinant;
    double b = (xc * ss - xs * sc) / determinant;
    double residue = 0;
    for (int i = start; i < end; i++) {
      double d = x[i] - a * Math.sin(step * i) - b * Math.cos(step * i);
      residue += d * d;
    }
    return new Reading(
        20 * Math.log10(Math.hypot(a, b)),
        -Math.atan2(b, a) / step,
        10 * Math.log10(2 * residue / (end - start)));
  }

  /** Level of the middle of {@code x} against a tone of amplitude 1. */
  static double levelDb(float[] x) {
    double sum = 0;
    int start = x.length / 8;
    int end = x.length - start;
    for (int i = start; i < end; i++) {
      sum += x[i] * (double) x[i];
    }
    return 10 * Math.log10(2 * sum / (end - start));
  }
}
