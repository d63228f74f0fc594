package org.earshot.verifier;

/**
 * One rectified convolution over bands, with taps in time; inputs and outputs are band-major,
 * {@code [band][channel]}. A dense layer is one whose kernel spans all bands.
 *
 * @param inputChannels values in a band of the input
 * @param inputBands bands of the input
 * @param kernelBands bands under one output
 * @param strideBands bands from one output position to the next
 * @param taps steps under one output: this one and those before it
 * @param outputChannels values at an output position
 * @param weights [outputChannels][taps][kernelBands][inputChannels], the oldest step first
 * @param bias [outputChannels]
 */
public record ConvolutionWeights(
    int inputChannels,
    int inputBands,
    int kernelBands,
    int strideBands,
    int taps,
    int outputChannels,
    float[] weights,
    float[] bias) {

  /** Throws IllegalArgumentException for a shape that no convolution has. */
  public ConvolutionWeights {
    if (inputChannels < 1
        || kernelBands < 1
        || kernelBands > inputBands
        || strideBands < 1
        || taps < 1
        || outputChannels < 1) {
      throw new IllegalArgumentException(
          String.format(
              "no convolution has %d channels, %d bands, a kernel of %d, a stride of %d, %d taps",
              inputChannels, inputBands, kernelBands, strideBands, taps));
    }
    if (weights.length != (long) outputChannels * taps * kernelBands * inputChannels
        || bias.length != outputChannels) {
      throw new IllegalArgumentException(
          weights.length + " weights and " + bias.length + " biases do not fit the shape");
    }
  }

  /** Returns how many positions the output has. */
  public int outputBands() {
    return (inputBands - kernelBands) / strideBands + 1;
  }

  /** Returns the values of one step of the input. */
  public int inputs() {
    return inputChannels * inputBands;
  }

  /** Returns the values of one step of the output. */
  public int outputs() {
    return outputChannels * outputBands();
  }
}
