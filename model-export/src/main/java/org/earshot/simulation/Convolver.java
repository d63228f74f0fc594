package org.earshot.simulation;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Uniformly partitioned overlap-add convolution.
 *
 * <p>The transform is 4096 long, below the size at which JTransforms starts threads of its own.
 * Thread-safe.
 */
final class Convolver {
  static final int BLOCK_SAMPLES = 2048;
  private static final int FFT_SIZE = 2 * BLOCK_SAMPLES;

  private final FloatFFT_1D fft = new FloatFFT_1D(FFT_SIZE);

  /** Spectra of the response's blocks: [blocks][FFT_SIZE], JTransforms' packed real layout. */
  float[][] spectra(float[] response) {
    int blocks = Math.max(1, (response.length + BLOCK_SAMPLES - 1) / BLOCK_SAMPLES);
    float[][] spectra = new float[blocks][FFT_SIZE];
    for (int b = 0; b < blocks; b++) {
      int from = b * BLOCK_SAMPLES;
      int length = Math.min(BLOCK_SAMPLES, response.length - from);
      System.arraycopy(response, from, spectra[b], 0, length);
      fft.realForward(spectra[b]);
    }
    return spectra;
  }

  /** Convolution of {@code signal} with a response, cut to {@code outputSamples}. */
  float[] convolve(float[] signal, float[][] spectra, int outputSamples) {
    float[] out = new float[outputSamples];
    int inputBlocks = (signal.length + BLOCK_SAMPLES - 1) / BLOCK_SAMPLES;
    int outputBlocks =
        Math.min(inputBlocks + spectra.length, (outputSamples + BLOCK_SAMPLES - 1) / BLOCK_SAMPLES);
    float[][] inputs = new float[Math.min(inputBlocks, outputBlocks)][];
    float[] sum = new float[FFT_SIZE];
    for (int block = 0; block < outputBlocks; block++) {
      if (block < inputs.length) {
        inputs[block] = inputSpectrum(signal, block);
      }
      Arrays.fill(sum, 0);
      boolean any = false;
      for (int p = 0; p < spectra.length && p <= block; p++) {
        int input = block - p;
        if (input < inputs.length && inputs[input] != null) {
          multiplyAdd(sum, inputs[input], spectra[p]);
          any = true;
        }
      }
      if (!any) {
        continue;
      }
      fft.realInverse(sum, true);
      int at = block * BLOCK_SAMPLES;
      int length = Math.min(FFT_SIZE, outputSamples - at);
      for (int i = 0; i < length; i++) {
        out[at + i] += sum[i];
      }
    }
    return out;
  }

  /** Spectrum of one input block, or null when the block is silent. */
  private float[] inputSpectrum(float[] signal, int block) {
    int from = block * BLOCK_SAMPLES;
    int length = Math.min(BLOCK_SAMPLES, signal.length - from);
    boolean silent = true;
    for (int i = from; i < from + length && silent; i++) {
      silent = signal[i] == 0;
    }
    if (silent) {
      return null;
    }
    float[] spectrum = new float[FFT_SIZE];
    System.arraycopy(signal, from, spectrum, 0, length);
    fft.realForward(spectrum);
    return spectrum;
  }

  private static void multiplyAdd(float[] sum, float[] a, float[] b) {
    sum[0] += a[0] * b[0];
    sum[1] += a[1] * b[1];
    for (int i = 2; i < FFT_SIZE; i += 2) {
      sum[i] += a[i] * b[i] - a[i + 1] * b[i + 1];
      sum[i + 1] += a[i] * b[i + 1] + a[i + 1] * b[i];
    }
  }
}
