package org.earshot.verifier;

/** Runs one direction of the LSTM layer over all steps of a clip. Immutable. */
final class LstmLayer {
  private final LstmWeights shape;
  private final Columns input;
  private final Columns recurrent;

  LstmLayer(LstmWeights weights) {
    shape = weights;
    input = new Columns(weights.inputWeights(), 4 * weights.hidden());
    recurrent = new Columns(weights.recurrentWeights(), 4 * weights.hidden());
  }

  /**
   * Hidden states from zero.
   *
   * @param values [steps][inputs]
   * @param fromEnd whether the last step comes first
   * @return [steps][hidden], in the order of time
   */
  float[] run(float[] values, int steps, boolean fromEnd) {
    int hidden = shape.hidden();
    float[] states = new float[steps * hidden];
    float[] cells = new float[hidden];
    float[] sums = new float[4 * hidden];
    int[] scratch = new int[Math.max(shape.inputs(), hidden)];
    int before = -1;
    for (int i = 0; i < steps; i++) {
      int step = fromEnd ? steps - 1 - i : i;
      System.arraycopy(shape.bias(), 0, sums, 0, sums.length);
      input.add(0, shape.inputs(), values, step * shape.inputs(), scratch, sums);
      if (before >= 0) {
        recurrent.add(0, hidden, states, before * hidden, scratch, sums);
      }
      advance(sums, cells, states, step * hidden);
      before = step;
    }
    return states;
  }

  private void advance(float[] sums, float[] cells, float[] states, int to) {
    int hidden = shape.hidden();
    for (int unit = 0; unit < hidden; unit++) {
      double in = sigmoid(sums[unit]);
      double forget = sigmoid(sums[hidden + unit]);
      double candidate = StrictMath.tanh(sums[2 * hidden + unit]);
      double out = sigmoid(sums[3 * hidden + unit]);
      double cell = forget * cells[unit] + in * candidate;
      cells[unit] = (float) cell;
      states[to + unit] = (float) (out * StrictMath.tanh(cell));
    }
  }

  private static double sigmoid(double value) {
    return 1 / (1 + StrictMath.exp(-value));
  }
}
