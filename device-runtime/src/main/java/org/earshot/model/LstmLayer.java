package org.earshot.model;

import java.util.Arrays;

/**
 * One LSTM layer without peepholes: {@code c = sig(f)*c + sig(i)*tanh(g)}, {@code h =
 * sig(o)*tanh(c)}.
 *
 * <p>Gate blocks stand in the order input i, forget f, candidate g, output o, each {@code hidden}
 * rows.
 *
 * @param inputs inputs of the layer
 * @param hidden units, 1 to {@link #MAX_HIDDEN}
 * @param inputWeights [4*hidden][inputs]
 * @param recurrentWeights [4*hidden][hidden]
 * @param bias [4*hidden], copied on the way in and out
 */
public record LstmLayer(
    int inputs,
    int hidden,
    QuantizedMatrix inputWeights,
    QuantizedMatrix recurrentWeights,
    float[] bias) {
  /** Bound of {@link #hidden}. */
  public static final int MAX_HIDDEN = 1024;

  /** Checks that the shapes fit; throws IllegalArgumentException otherwise. */
  public LstmLayer {
    Checks.range("inputs", inputs, 1, QuantizedMatrix.MAX_COLUMNS);
    Checks.range("hidden", hidden, 1, MAX_HIDDEN);
    Checks.range("input weight rows", inputWeights.rows(), 4 * hidden, 4 * hidden);
    Checks.range("input weight columns", inputWeights.columns(), inputs, inputs);
    Checks.range("recurrent weight rows", recurrentWeights.rows(), 4 * hidden, 4 * hidden);
    Checks.range("recurrent weight columns", recurrentWeights.columns(), hidden, hidden);
    Checks.length("bias", bias.length, 4 * hidden);
    bias = bias.clone();
    for (float value : bias) {
      Checks.magnitude("bias", value);
    }
  }

  /** Returns a copy, [4*hidden]. */
  @Override
  public float[] bias() {
    return bias.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LstmLayer layer
        && inputs == layer.inputs
        && hidden == layer.hidden
        && inputWeights.equals(layer.inputWeights)
        && recurrentWeights.equals(layer.recurrentWeights)
        && Arrays.equals(bias, layer.bias);
  }

  @Override
  public int hashCode() {
    return 31 * inputWeights.hashCode() + recurrentWeights.hashCode();
  }

  @Override
  public String toString() {
    return "LstmLayer[" + inputs + " -> " + hidden + "]";
  }
}
