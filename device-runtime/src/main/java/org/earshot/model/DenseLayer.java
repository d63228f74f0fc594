package org.earshot.model;

import java.util.Arrays;

/**
 * One dense layer of a head.
 *
 * <p>{@code y[r] = activation(inputScale * weights.scales[r] * sum[r] + bias[r])}; the next layer
 * sees {@code y} quantised with {@code outputScale}, which is thus that layer's input scale. The
 * first layer has the input scale 1/127 (hidden states).
 *
 * @param weights [outputs][inputs]
 * @param bias [outputs], copied on the way in and out
 * @param activation RELU between layers, LINEAR for the last
 * @param outputScale step of the quantised output, positive; unused (write 1) for the last
 */
public record DenseLayer(
    QuantizedMatrix weights, float[] bias, Activation activation, float outputScale) {

  /** Checks the shapes; throws IllegalArgumentException when they do not fit. */
  public DenseLayer {
    Checks.length("bias", bias.length, weights.rows());
    Checks.scale("outputScale", outputScale);
    if (activation == null) {
      throw new IllegalArgumentException("activation is missing");
    }
    bias = bias.clone();
    for (float value : bias) {
      Checks.magnitude("bias", value);
    }
  }

  /** Returns a copy, [outputs]. */
  @Override
  public float[] bias() {
    return bias.clone();
  }

  /** Returns the number of inputs. */
  public int inputs() {
    return weights.columns();
  }

  /** Returns the number of outputs. */
  public int outputs() {
    return weights.rows();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenseLayer layer
        && weights.equals(layer.weights)
        && Arrays.equals(bias, layer.bias)
        && activation == layer.activation
        && outputScale == layer.outputScale;
  }

  @Override
  public int hashCode() {
    return 31 * weights.hashCode() + Arrays.hashCode(bias);
  }

  @Override
  public String toString() {
    return "DenseLayer[" + inputs() + " -> " + outputs() + " " + activation + "]";
  }
}
