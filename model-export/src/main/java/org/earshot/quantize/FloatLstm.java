package org.earshot.quantize;

/**
 * One LSTM layer in float; gate blocks in the order input, forget, candidate, output.
 *
 * @param inputs inputs of the layer
 * @param hidden units
 * @param inputWeights [4*hidden][inputs], row-major
 * @param recurrentWeights [4*hidden][hidden], row-major
 * @param bias [4*hidden]
 */
public record FloatLstm(
    int inputs, int hidden, float[] inputWeights, float[] recurrentWeights, float[] bias) {

  public FloatLstm {
    if (inputWeights.length != 4 * hidden * inputs
        || recurrentWeights.length != 4 * hidden * hidden
        || bias.length != 4 * hidden) {
      throw new IllegalArgumentException(
          "weights do not have the shape of " + inputs + " inputs and " + hidden + " units");
    }
  }
}
