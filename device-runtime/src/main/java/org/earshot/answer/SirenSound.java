package org.earshot.answer;

/**
 * The sound of the siren: two tones in turn, half a second each, without end.
 *
 * <p>Each tone is its fundamental and odd harmonics below {@value #HIGHEST_HZ} Hz, so that nothing
 * aliases at 16 kHz; the phase runs on through a glide of 10 ms from tone to tone. Neither pitch
 * nor rhythm are those of a smoke alarm: the shipped heads take it for a siren and nothing else.
 * One sound a player; single-threaded; allocates nothing after construction.
 */
public final class SirenSound {
  private static final double LOW_HZ = 660;
  private static final double HIGH_HZ = 880;
  private static final int HIGHEST_HZ = 6_500;
  private static final double TONE_SECONDS = 0.5;
  private static final double GLIDE_SECONDS = 0.01;
  private static final double PEAK = 0.9; // of full scale
  private static final int TABLE_SAMPLES = 4_096; // of one period

  private final int sampleRateHz;
  private final short[] period = new short[TABLE_SAMPLES];
  private final int toneSamples;
  private final int glideSamples;
  private double phase; // [0, 1)
  private long sample;

  /**
   * Makes the sound.
   *
   * @param sampleRateHz 16,000 to 192,000
   */
  public SirenSound(int sampleRateHz) {
    if (sampleRateHz < 16_000 || sampleRateHz > 192_000) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRateHz + " Hz, wanted 16000 to 192000");
    }
    this.sampleRateHz = sampleRateHz;
    toneSamples = (int) (TONE_SECONDS * sampleRateHz);
    glideSamples = (int) (GLIDE_SECONDS * sampleRateHz);
    double[] wave = new double[TABLE_SAMPLES];
    double peak = 0;
    for (int i = 0; i < TABLE_SAMPLES; i++) {
      for (int harmonic = 1; harmonic * HIGH_HZ <= HIGHEST_HZ; harmonic += 2) {
        wave[i] += Math.sin(2 * Math.PI * harmonic * i / TABLE_SAMPLES) / harmonic;
      }
      peak = Math.max(peak, Math.abs(wave[i]));
    }
    for (int i = 0; i < TABLE_SAMPLES; i++) {
      period[i] = (short) Math.round(wave[i] / peak * PEAK * Short.MAX_VALUE);
    }
  }

  /** Returns the rate of its samples. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /**
   * Writes the next samples.
   *
   * @param pcm gets {@code 2 * samples} bytes, signed 16-bit, little-endian
   */
  public void next(byte[] pcm, int samples) {
    for (int i = 0; i < samples; i++) {
      double at = phase * TABLE_SAMPLES;
      int before = (int) at;
      int after = (before + 1) % TABLE_SAMPLES;
      double value = period[before] + (at - before) * (period[after] - period[before]);
      short rounded = (short) Math.round(value * fadeIn());
      pcm[2 * i] = (byte) rounded;
      pcm[2 * i + 1] = (byte) (rounded >> 8);
      phase += frequencyHz() / sampleRateHz;
      phase -= Math.floor(phase);
      sample++;
    }
  }

  private double fadeIn() {
    return sample >= glideSamples ? 1 : (double) sample / glideSamples;
  }

  private double frequencyHz() {
    boolean high = sample / toneSamples % 2 == 1;
    double target = high ? HIGH_HZ : LOW_HZ;
    long into = sample % toneSamples;
    if (sample < toneSamples || into >= glideSamples) {
      return target;
    }
    double from = high ? LOW_HZ : HIGH_HZ;
    return from + (target - from) * into / glideSamples;
  }
}
