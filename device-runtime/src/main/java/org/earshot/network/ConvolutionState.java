package org.earshot.network;

import java.util.Arrays;
import org.earshot.kernel.Quantizer;

/** One stream's state of one convolution; sized once, single-threaded, no allocation per step. */
final class ConvolutionState {
  private final ConvolutionWeights weights;
  private final byte[] history; // [bands][taps, oldest first][channels]; empty for one tap
  private final float[] window; // [blocks, newest position first][channels]: sums under way
  private final float[] values; // [outputChannels]
  private final int[] scratch; // as much as any part needs
  private final byte[] quantized; // [outputBands][outputChannels]

  ConvolutionState(ConvolutionWeights weights) {
    this.weights = weights;
    int inputs = weights.inputBands * weights.inputChannels;
    history = new byte[weights.taps == 1 ? 0 : weights.taps * inputs];
    window = new float[weights.blocks * weights.outputChannels];
    values = new float[weights.outputChannels];
    scratch = new int[weights.scratchInts];
    quantized = new byte[weights.outputBands * weights.outputChannels];
  }

  /** Advances by one step and returns the quantised outputs, owned by this object. */
  byte[] step(byte[] input) {
    byte[] source = weights.taps == 1 ? input : remember(input);
    Arrays.fill(window, 0);
    for (int group = 0; group < weights.groups; group++) {
      for (int i = 0; i < weights.parts.size(); i++) {
        ConvolutionWeights.Part part = weights.parts.get(i);
        if (group < part.groups) {
          // The first groups lie under fewer positions: there are none below zero.
          int rows = Math.min(group + 1, part.blocks) * weights.outputChannels;
          int from = group * weights.groupInputs + part.firstInput;
          part.matrix.add(source, from, scratch, window, rows);
        }
      }
      int complete = group - weights.blocks + 1;
      if (complete >= 0) {
        finish(complete);
      }
      shift();
    }
    return quantized;
  }

  void reset() {
    Arrays.fill(history, (byte) 0);
  }

  /** Moves each band's taps by one step and puts the new input behind them. */
  private byte[] remember(byte[] input) {
    int channels = weights.inputChannels;
    // What crosses from one band into the last tap of another is overwritten below.
    System.arraycopy(history, channels, history, 0, history.length - channels);
    int newest = (weights.taps - 1) * channels;
    for (int band = 0; band < weights.inputBands; band++) {
      System.arraycopy(input, band * channels, history, newest, channels);
      newest += weights.taps * channels;
    }
    return history;
  }

  private void finish(int position) {
    int channels = weights.outputChannels;
    System.arraycopy(window, window.length - channels, values, 0, channels);
    weights.rectify(values);
    Quantizer.quantize(
        values, channels, weights.inverseOutputScale, quantized, position * channels);
  }

  private void shift() {
    int channels = weights.outputChannels;
    System.arraycopy(window, 0, window, channels, window.length - channels);
    Arrays.fill(window, 0, channels, 0);
  }
}
