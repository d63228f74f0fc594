package org.earshot.audio.feature;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Turns a stream of 16 kHz mono samples into normalised log-mel frames.
 *
 * <p>Any split of the same samples gives bit-identical frames. A frame is emitted as soon as its
 * last sample was pushed; samples that do not fill a frame stay for the next push. Samples are
 * meant to be finite and in [-1, 1]; energies beyond any real signal, or not finite, count as
 * silence so that one bad sample cannot poison the running mean. One stream an instance, one thread
 * at a time; nothing is allocated after construction.
 */
public final class LogMelExtractor {
  /** A band's energy is at most a few hundred for samples within [-1, 1] (triangles times bins). */
  private static final float LARGEST_ENERGY = 1e6f;

  private static final float PCEN_ALPHA = 0.98f;
  private static final float PCEN_DELTA = 2f;
  private static final float PCEN_ROOT_OF_DELTA = 1.4142135f;

  private final FeatureSpec spec;
  private final FloatFFT_1D fft;
  private final MelFilterbank filterbank;
  private final float[] window; // [frameSamples], scaled by 1 / sum
  private final float[] pending; // [frameSamples], samples of the frame that is being filled
  private final float[] spectrum; // [fftSamples], JTransforms' packed real spectrum
  private final float[] power; // [fftSamples / 2 + 1]
  private final float[] features; // [melBands]
  private final float[] logMel; // [melBands], the last frame's, before normalisation
  private final float[] mean; // [melBands], running
  private int pendingSamples;
  private long frameIndex;
  private long meanFrames; // heard since the running mean began

  public LogMelExtractor(FeatureSpec spec) {
    this.spec = spec;
    fft = new FloatFFT_1D(spec.fftSamples());
    filterbank = new MelFilterbank(spec);
    window = hann(spec.frameSamples());
    pending = new float[spec.frameSamples()];
    spectrum = new float[spec.fftSamples()];
    power = new float[spec.fftSamples() / 2 + 1];
    features = new float[spec.melBands()];
    logMel = new float[spec.melBands()];
    mean = new float[spec.melBands()];
  }

  /** Forgets all samples and the running mean, as if newly made. */
  public void reset() {
    pendingSamples = 0;
    frameIndex = 0;
    Arrays.fill(logMel, 0f);
    forgetMean();
  }

  /** Begins the running mean anew with the next frame; samples and frame numbers go on. */
  public void forgetMean() {
    meanFrames = 0;
    Arrays.fill(mean, 0f);
  }

  /**
   * Adds samples and emits every frame that they complete.
   *
   * @param samples mono, at the spec's rate
   * @param offset first sample to take
   * @param length how many to take
   * @param sink called once a frame, in order, before this returns
   */
  public void push(float[] samples, int offset, int length, FrameSink sink) {
    int from = offset;
    int end = offset + length;
    int hop = spec.hopSamples();
    while (from < end) {
      int taken = Math.min(end - from, pending.length - pendingSamples);
      System.arraycopy(samples, from, pending, pendingSamples, taken);
      pendingSamples += taken;
      from += taken;
      if (pendingSamples == pending.length) {
        computeFrame();
        sink.accept(frameIndex++, features);
        System.arraycopy(pending, hop, pending, 0, pending.length - hop);
        pendingSamples -= hop;
      }
    }
  }

  /**
   * Copies the log-mel of the last frame as it was before normalisation: {@code ln(E + floor)},
   * whatever the normalisation is. For what needs levels, such as the rhythm of beeps; zeros before
   * the first frame.
   *
   * @param target at least [melBands]
   */
  public void copyLogMel(float[] target) {
    System.arraycopy(logMel, 0, target, 0, logMel.length);
  }

  private void computeFrame() {
    for (int i = 0; i < window.length; i++) {
      spectrum[i] = pending[i] * window[i];
    }
    Arrays.fill(spectrum, window.length, spectrum.length, 0f);
    fft.realForward(spectrum);
    int half = spectrum.length / 2;
    power[0] = spectrum[0] * spectrum[0];
    power[half] = spectrum[1] * spectrum[1];
    for (int bin = 1; bin < half; bin++) {
      float re = spectrum[2 * bin];
      float im = spectrum[2 * bin + 1];
      power[bin] = re * re + im * im;
    }
    filterbank.apply(power, features);
    normalize();
  }

  private void normalize() {
    float floor = spec.floor();
    meanFrames++;
    float step = 1f / Math.min(meanFrames, spec.timeConstantFrames());
    for (int band = 0; band < features.length; band++) {
      float energy = features[band];
      if (!(energy <= LARGEST_ENERGY)) { // also true for NaN
        energy = 0f;
      }
      float log = FastMath.ln(energy + floor);
      logMel[band] = log;
      switch (spec.normalization()) {
        case LOG -> features[band] = log;
        case RUNNING_MEAN -> {
          mean[band] += step * (log - mean[band]);
          features[band] = 0.5f * (log - mean[band]);
        }
        case PCEN -> {
          mean[band] += step * (energy - mean[band]);
          float gain = FastMath.exp2(-PCEN_ALPHA * FastMath.log2(floor + mean[band]));
          features[band] =
              FastMath.exp2(0.5f * FastMath.log2(energy * gain + PCEN_DELTA)) - PCEN_ROOT_OF_DELTA;
        }
      }
    }
  }

  /** Periodic Hann window, divided by its sum. */
  private static float[] hann(int samples) {
    double sum = samples / 2.0;
    float[] window = new float[samples];
    for (int i = 0; i < samples; i++) {
      window[i] = (float) ((0.5 - 0.5 * StrictMath.cos(2 * StrictMath.PI * i / samples)) / sum);
    }
    return window;
  }
}
