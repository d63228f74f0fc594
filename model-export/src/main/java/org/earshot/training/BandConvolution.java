package org.earshot.training;

/**
 * A convolution over the bands of a step and the same bands of earlier steps. It shares what it
 * learns about a sound among pitches. One whose kernel spans all bands is a dense layer.
 *
 * @param inputChannels of the layer below; for the lowest, the frames of the step
 * @param inputBands positions in each of them
 * @param channels of its output
 * @param kernel bands under one output
 * @param stride bands from one output to the next
 * @param taps steps under one output: this one and those before it
 */
public record BandConvolution(
    int inputChannels, int inputBands, int channels, int kernel, int stride, int taps) {

  public BandConvolution {
    if (kernel > inputBands) {
      throw new IllegalArgumentException(
          "a kernel of " + kernel + " bands over " + inputBands + "; use fewer convolutions");
    }
    if (channels < 1 || kernel < 1 || stride < 1 || taps < 1) {
      throw new IllegalArgumentException("not a convolution: " + this);
    }
  }

  /** A layer that sees all that the one below gives. */
  public static BandConvolution dense(int inputChannels, int inputBands, int units) {
    return new BandConvolution(inputChannels, inputBands, units, inputBands, 1, 1);
  }

  public int outputBands() {
    return (inputBands - kernel) / stride + 1;
  }

  public int inputs() {
    return inputChannels * inputBands;
  }

  public int outputs() {
    return channels * outputBands();
  }

  /** Inputs under one output in one step: contiguous, since they stand band by band. */
  int patch() {
    return kernel * inputChannels;
  }

  /** Weights of one output channel, [taps][kernel][inputChannels], oldest step first. */
  public int weights() {
    return taps * patch();
  }
}
