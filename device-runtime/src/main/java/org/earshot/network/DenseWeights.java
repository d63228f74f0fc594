package org.earshot.network;

import org.earshot.kernel.MatrixVector;
import org.earshot.model.Activation;
import org.earshot.model.DenseLayer;

/** One dense layer of a head laid out for the kernels, its scales folded; immutable. */
final class DenseWeights {
  final MatrixVector matrix; // null where the matrix is part of a larger one
  final float inverseOutputScale;
  private final float[] scale; // [outputs]: scale of the layer's input times the row's scale
  private final float[] bias; // [outputs]
  private final boolean relu;

  DenseWeights(DenseLayer layer, float scaleOfInput, MatrixVector matrix) {
    this.matrix = matrix;
    scale = MatrixLayout.sumScales(layer.weights(), scaleOfInput);
    bias = layer.bias();
    relu = layer.activation() == Activation.RELU;
    inverseOutputScale = 1 / layer.outputScale();
  }

  int outputs() {
    return bias.length;
  }

  /** Turns sums into outputs, in place; {@code values} may be longer than [outputs]. */
  void activate(float[] values) {
    for (int row = 0; row < bias.length; row++) {
      float value = scale[row] * values[row] + bias[row];
      values[row] = relu ? Math.max(0, value) : value;
    }
  }
}
