package org.earshot.network;

import org.earshot.kernel.Quantizer;

/** One stream's buffers of one dense layer of the base; single-threaded, no allocation per step. */
final class DenseState {
  private final DenseWeights weights;
  private final float[] values; // [outputs]
  private final byte[] quantized; // [outputs]
  private final int[] scratch; // [inputs]

  DenseState(DenseWeights weights) {
    this.weights = weights;
    values = new float[weights.outputs()];
    quantized = new byte[weights.outputs()];
    scratch = new int[weights.matrix.columns()];
  }

  /** Returns the quantised outputs, owned by this object. */
  byte[] step(byte[] input) {
    weights.matrix.multiply(input, scratch, values);
    weights.activate(values);
    Quantizer.quantize(values, values.length, weights.inverseOutputScale, quantized, 0);
    return quantized;
  }
}
