package org.earshot.verifier;

/** Runs one convolution over all steps of a clip. Immutable. */
final class ConvolutionLayer {
  private final ConvolutionWeights shape;
  private final Columns columns;

  ConvolutionLayer(ConvolutionWeights weights) {
    shape = weights;
    columns = new Columns(weights.weights(), weights.outputChannels());
  }

  /**
   * The rectified outputs; steps before the first count as zero.
   *
   * @param input [steps][inputs]
   * @return [steps][outputs]
   */
  float[] run(float[] input, int steps) {
    int channels = shape.outputChannels();
    int patch = shape.kernelBands() * shape.inputChannels();
    int stride = shape.strideBands() * shape.inputChannels();
    int positions = shape.outputBands();
    float[] output = new float[steps * shape.outputs()];
    for (int step = 0; step < steps; step++) {
      for (int position = 0; position < positions; position++) {
        int to = (step * positions + position) * channels;
        System.arraycopy(shape.bias(), 0, output, to, channels);
        for (int tap = 0; tap < shape.taps(); tap++) {
          int source = step - (shape.taps() - 1) + tap;
          if (source >= 0) {
            int from = source * shape.inputs() + position * stride;
            for (int i = 0; i < patch; i++) {
              columns.add(tap * patch + i, input[from + i], output, to);
            }
          }
        }
        for (int i = to; i < to + channels; i++) {
          output[i] = Math.max(0, output[i]);
        }
      }
    }
    return output;
  }
}
