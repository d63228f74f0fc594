package org.earshot.quantize;

/**
 * One rectified convolution over bands in float, with taps in time; inputs and outputs are
 * band-major, {@code [band][channel]}, as in {@link org.earshot.model.ConvolutionLayer}.
 *
 * @param inputChannels values in a band of the input
 * @param inputBands bands of the input
 * @param kernelBands bands under one output
 * @param strideBands bands from one output position to the next
 * @param taps steps under one output
 * @param outputChannels values at an output position
 * @param weights [outputChannels][taps * kernelBands * inputChannels], a row in the order
 *     [tap][band][channel], the oldest step first
 * @param bias [outputChannels]
 */
public record FloatConvolution(
    int inputChannels,
    int inputBands,
    int kernelBands,
    int strideBands,
    int taps,
    int outputChannels,
    float[] weights,
    float[] bias) {

  public FloatConvolution {
    if (inputChannels < 1
        || kernelBands < 1
        || kernelBands > inputBands
        || strideBands < 1
        || strideBands > kernelBands
        || taps < 1) {
      throw new IllegalArgumentException(
          String.format(
              "no convolution has %d channels, %d bands, a kernel of %d, a stride of %d, %d taps",
              inputChannels, inputBands, kernelBands, strideBands, taps));
    }
    int columns = taps * kernelBands * inputChannels;
    if (weights.length != outputChannels * columns || bias.length != outputChannels) {
      throw new IllegalArgumentException(
          String.format(
              "%d weights and %d biases for %d inputs under an output and %d outputs",
              weights.length, bias.length, columns, outputChannels));
    }
  }

  /** Weights of one output channel: {@code taps * kernelBands * inputChannels}. */
  public int columns() {
    return taps * kernelBands * inputChannels;
  }

  /** Values read in a step: {@code inputBands * inputChannels}. */
  public int inputs() {
    return inputBands * inputChannels;
  }

  /** Output positions over the bands. */
  public int outputBands() {
    return (inputBands - kernelBands) / strideBands + 1;
  }

  /** Values given in a step: {@code outputBands * outputChannels}. */
  public int outputs() {
    return outputBands() * outputChannels;
  }
}
