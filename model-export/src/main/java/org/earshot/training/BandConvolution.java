package org.earshot.training;

/**
 * A convolution over the bands of one step. It shares what it learns about a sound among pitches; a
 * device runs it as the dense layer that it is equal to.
 *
 * @param inputChannels of the layer below; for the lowest, the frames of the step
 * @param inputBands positions in each of them
 * @param channels of its output
 * @param kernel bands under one output
 * @param stride bands from one output to the next
 */
record BandConvolution(int inputChannels, int inputBands, int channels, int kernel, int stride) {

  BandConvolution {
    if (kernel > inputBands) {
      throw new IllegalArgumentException(
          "a kernel of " + kernel + " bands over " + inputBands + "; use fewer convolutions");
    }
  }

  int outputBands() {
    return (inputBands - kernel) / stride + 1;
  }

  int inputs() {
    return inputChannels * inputBands;
  }

  int outputs() {
    return channels * outputBands();
  }

  /**
   * The weights of the dense layer that it is equal to.
   *
   * @param weights [channels][inputChannels][kernel]
   * @return [channels * outputBands][inputChannels * inputBands], row-major
   */
  float[] expand(float[] weights) {
    float[] dense = new float[outputs() * inputs()];
    for (int channel = 0; channel < channels; channel++) {
      for (int band = 0; band < outputBands(); band++) {
        int row = channel * outputBands() + band;
        for (int input = 0; input < inputChannels; input++) {
          System.arraycopy(
              weights,
              (channel * inputChannels + input) * kernel,
              dense,
              row * inputs() + input * inputBands + band * stride,
              kernel);
        }
      }
    }
    return dense;
  }
}
