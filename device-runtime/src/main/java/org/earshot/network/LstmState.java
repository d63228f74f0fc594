package org.earshot.network;

import java.util.Arrays;
import org.earshot.kernel.Activations;
import org.earshot.kernel.Quantizer;

/** One stream's state of one LSTM layer; sized once, single-threaded, no allocation per step. */
final class LstmState {
  private final LstmWeights weights;
  private final float[] cell; // [hidden], float32
  private final float[] output; // [hidden], before quantisation
  private final byte[] quantized; // [hidden], round(127 * h)
  private final float[] gates; // [4*hidden]: sums of the input, then pre-activations
  private final float[] recurrentSums; // [4*hidden]
  private final int[] scratch; // as much as either product needs

  LstmState(LstmWeights weights) {
    this.weights = weights;
    int hidden = weights.hidden;
    cell = new float[hidden];
    output = new float[hidden];
    quantized = new byte[hidden];
    gates = new float[4 * hidden];
    recurrentSums = new float[4 * hidden];
    scratch = new int[Math.max(weights.input.scratchInts(), weights.recurrent.scratchInts())];
  }

  /** Advances by one step and returns the quantised hidden state, owned by this object. */
  byte[] step(byte[] input) {
    weights.input.multiply(input, scratch, gates);
    weights.recurrent.multiply(quantized, scratch, recurrentSums);
    addScaled(gates, weights.inputScale, recurrentSums, weights.recurrentScale, weights.bias);
    updateCell();
    Quantizer.quantize(output, output.length, 127f, quantized, 0);
    return quantized;
  }

  void reset() {
    Arrays.fill(cell, 0);
    Arrays.fill(quantized, (byte) 0);
  }

  private static void addScaled(
      float[] gates, float[] inputScale, float[] sums, float[] recurrentScale, float[] bias) {
    for (int row = 0; row < gates.length; row++) {
      gates[row] = inputScale[row] * gates[row] + recurrentScale[row] * sums[row] + bias[row];
    }
  }

  private void updateCell() {
    int hidden = cell.length;
    for (int unit = 0; unit < hidden; unit++) {
      float in = Activations.sigmoid(gates[unit]);
      float forget = Activations.sigmoid(gates[hidden + unit]);
      float candidate = Activations.tanh(gates[2 * hidden + unit]);
      float out = Activations.sigmoid(gates[3 * hidden + unit]);
      // The sum of forget*c + in*g grows by less than 1 a step and forget < 1 bounds it: finite.
      cell[unit] = forget * cell[unit] + in * candidate;
      output[unit] = out * Activations.tanh(cell[unit]);
    }
  }
}
