package org.earshot.audio.feature;

/**
 * Triangles, equally spaced and half overlapping on the HTK mel scale, held as sparse bands.
 *
 * <p>Immutable; {@link #apply} does not allocate.
 */
final class MelFilterbank {
  private final int[] firstBins; // [melBands]
  private final float[][] weights; // [melBands][bins of the band]

  MelFilterbank(FeatureSpec spec) {
    int bands = spec.melBands();
    firstBins = new int[bands];
    weights = new float[bands][];
    double lowMel = mel(spec.lowHz());
    double stepMel = (mel(spec.highHz()) - lowMel) / (bands + 1);
    double hzPerBin = spec.sampleRateHz() / (double) spec.fftSamples();
    for (int band = 0; band < bands; band++) {
      double left = hz(lowMel + band * stepMel);
      double centre = hz(lowMel + (band + 1) * stepMel);
      double right = hz(lowMel + (band + 2) * stepMel);
      int first = (int) Math.floor(left / hzPerBin) + 1;
      int last = (int) Math.ceil(right / hzPerBin) - 1;
      if (last < first) {
        throw new IllegalArgumentException(
            "mel band " + band + " holds no FFT bin: fewer bands or a longer FFT is needed");
      }
      firstBins[band] = first;
      weights[band] = new float[last - first + 1];
      for (int bin = first; bin <= last; bin++) {
        double f = bin * hzPerBin;
        double rising = (f - left) / (centre - left);
        double falling = (right - f) / (right - centre);
        weights[band][bin - first] = (float) Math.max(0, Math.min(rising, falling));
      }
    }
  }

  /**
   * Sums power under each triangle.
   *
   * @param power [fftSamples / 2 + 1]
   * @param energies [melBands], written
   */
  void apply(float[] power, float[] energies) {
    for (int band = 0; band < weights.length; band++) {
      float[] bandWeights = weights[band];
      int first = firstBins[band];
      float sum = 0;
      for (int i = 0; i < bandWeights.length; i++) {
        sum += bandWeights[i] * power[first + i];
      }
      energies[band] = sum;
    }
  }

  static double mel(double hz) {
    return 2595.0 * StrictMath.log10(1.0 + hz / 700.0);
  }

  static double hz(double mel) {
    return 700.0 * (StrictMath.pow(10.0, mel / 2595.0) - 1.0);
  }
}
