package org.earshot.audio.feature;

/**
 * Everything that decides what a feature frame is; one value is shared by training, device and
 * cloud.
 *
 * <p>Band energies are the power spectrum of a Hann-windowed frame, divided by the square of the
 * window's sum so that a full-scale sine has energy 0.25 at its bin, summed under triangles that
 * are equally spaced on the HTK mel scale. The formulas of each normalisation, with E the band
 * energy of frame t:
 *
 * <ul>
 *   <li>LOG: {@code ln(E + floor)}
 *   <li>RUNNING_MEAN: {@code (x - m) / 2} with {@code x = ln(E + floor)} and {@code m += (x - m) /
 *       min(t + 1, timeConstantFrames)}, updated before it is subtracted
 *   <li>PCEN: {@code (E / (floor + M)^0.98 + 2)^0.5 - 2^0.5} with {@code M += (E - M) / min(t + 1,
 *       timeConstantFrames)}
 * </ul>
 *
 * <p>docs/feature-spec.md says the same at length. Immutable.
 *
 * @param sampleRateHz samples a second of the input
 * @param frameSamples samples under one window
 * @param hopSamples samples between the starts of two frames
 * @param fftSamples transform length, a power of two, at least {@code frameSamples}
 * @param melBands number of bands
 * @param lowHz lower edge of the first band
 * @param highHz upper edge of the last band, at most half the sample rate
 * @param floor added to energies before the logarithm; of full scale, a power
 * @param normalization what follows the band energies
 * @param timeConstantFrames length of the running mean, in frames
 */
public record FeatureSpec(
    int sampleRateHz,
    int frameSamples,
    int hopSamples,
    int fftSamples,
    int melBands,
    float lowHz,
    float highHz,
    float floor,
    Normalization normalization,
    int timeConstantFrames) {

  /** Raised whenever the same numbers would give other features. */
  private static final int ALGORITHM_VERSION = 1;

  /** Checks that the numbers fit together. */
  public FeatureSpec {
    require(sampleRateHz > 0, "sampleRateHz", sampleRateHz);
    require(hopSamples > 0, "hopSamples", hopSamples);
    require(frameSamples >= hopSamples, "frameSamples", frameSamples);
    require(
        fftSamples >= frameSamples && Integer.bitCount(fftSamples) == 1, "fftSamples", fftSamples);
    require(melBands > 0 && melBands <= fftSamples / 2, "melBands", melBands);
    require(lowHz >= 0 && lowHz < highHz, "lowHz", lowHz);
    require(highHz <= sampleRateHz / 2f, "highHz", highHz);
    require(floor > 0 && floor < 1, "floor", floor);
    require(timeConstantFrames > 0, "timeConstantFrames", timeConstantFrames);
  }

  /**
   * The features of every shipped model: 16 kHz, 25 ms frames every 10 ms, 64 bands from 60 Hz to
   * 7.8 kHz.
   */
  public static FeatureSpec standard() {
    return standard(Normalization.RUNNING_MEAN);
  }

  /** {@link #standard()} with another normalisation, for comparing them. */
  public static FeatureSpec standard(Normalization normalization) {
    int timeConstantFrames = normalization == Normalization.PCEN ? 40 : 400;
    return new FeatureSpec(
        16_000, 400, 160, 512, 64, 60f, 7_800f, 1e-10f, normalization, timeConstantFrames);
  }

  /** Seconds between the starts of two frames. */
  public double hopSeconds() {
    return hopSamples / (double) sampleRateHz;
  }

  /**
   * Where a frequency lies on the axis of bands: band b's centre is at b, and what lies between two
   * centres is interpolated on the mel scale.
   */
  public double bandOf(double hz) {
    double lowMel = MelFilterbank.mel(lowHz);
    double stepMel = (MelFilterbank.mel(highHz) - lowMel) / (melBands + 1);
    return (MelFilterbank.mel(hz) - lowMel) / stepMel - 1;
  }

  /**
   * A number that two specs share only if they give the same features: FNV-1a, 64 bit, over every
   * field and the version of the algorithm. Carried by each model file.
   */
  public long fingerprint() {
    String canonical = "earshot-features-" + ALGORITHM_VERSION + ' ' + this;
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < canonical.length(); i++) {
      hash = (hash ^ canonical.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static void require(boolean holds, String name, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("unusable feature spec: " + name + " = " + value);
    }
  }
}
