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
    float[] sums = new float[channels];
    int[] scratch = new int[patch];
    for (int step = 0; step < steps; step++) {
      for (int position = 0; position < positions; position++) {
        System.arraycopy(shape.bias(), 0, sums, 0, channels);
        for (int tap = 0; tap < shape.taps(); tap++) {
          int source = step - (shape.taps() - 1) + tap;
          if (source >= 0) {
            int from = source * shape.inputs() + position * stride;
            columns.add(tap * patch, patch, input, from, scratch, sums);
          }
        }
        int to = (step * positions + position) * channels;
        for (int i = 0; i < channels; i++) {
          output[to + i] = Math.max(0, sums[i]);
        }
      }
    }
    return output;
  }
}
