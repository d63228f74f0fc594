package org.earshot.quantize;

/**
 * One rectified dense layer in float: {@code y = max(0, W x + b)}.
 *
 * @param inputs columns of the weights
 * @param outputs rows of the weights
 * @param weights [outputs][inputs], row-major
 * @param bias [outputs]
 */
public record FloatDense(int inputs, int outputs, float[] weights, float[] bias) {

  public FloatDense {
    if (weights.length != outputs * inputs || bias.length != outputs) {
      throw new IllegalArgumentException(
          "weights do not have the shape of " + inputs + " inputs and " + outputs + " outputs");
    }
  }
}
