package org.earshot.verifier;

/**
 * One direction of the LSTM layer; gate blocks in the order input, forget, candidate, output.
 *
 * @param inputs values of a step
 * @param hidden units
 * @param inputWeights [4*hidden][inputs], row-major
 * @param recurrentWeights [4*hidden][hidden], row-major
 * @param bias [4*hidden]
 */
public record LstmWeights(
    int inputs, int hidden, float[] inputWeights, float[] recurrentWeights, float[] bias) {

  /** Throws IllegalArgumentException when the arrays do not have the shape. */
  public LstmWeights {
    if (inputs < 1
        || hidden < 1
        || inputWeights.length != 4L * hidden * inputs
        || recurrentWeights.length != 4L * hidden * hidden
        || bias.length != 4L * hidden) {
      throw new IllegalArgumentException(
          "weights do not have the shape of " + inputs + " inputs and " + hidden + " units");
    }
  }
}
