package org.earshot.training;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One LSTM layer's forward and backward pass for some rows of a batch: BLAS for the products, plain
 * loops that HotSpot vectorises for the gates.
 *
 * <p>Only the products with the hidden state go step by step; those with the input, and all
 * gradients of weights, are one product over all steps. Matrices are column-major; gates stand in
 * DL4J's order: block input (tanh), forget, output, input gate (sigmoid). Not thread-safe; buffers
 * are reused from batch to batch.
 */
final class LstmShard {
  private final int rows;
  private final int firstRow;
  private final int batch;
  private final int inputs;
  private final int hidden;
  private final int steps;
  private final int all; // rows of all steps: step * rows + row
  private final float[][] gates; // [steps][4 * hidden * rows], after the activations
  private final float[][] cells; // [steps][hidden * rows]
  private final float[] hiddenNow; // [hidden * rows]
  private final float[] initialCell; // [hidden * rows]
  private final float[] dHidden; // [hidden * rows]
  private final float[] dCell; // [hidden * rows]
  private final float[] dGates; // [4 * hidden * rows]
  private final float[] allGates; // [4 * hidden][all]
  private final FloatPointer inputNative; // [inputs][all]; its gradient after the backward pass
  private final FloatPointer allGatesNative; // [4 * hidden][all]
  private final FloatPointer gatesNative; // [4 * hidden][rows]
  private final FloatPointer hiddenNative; // [hidden][rows]
  private final FloatPointer dHiddenNative; // [hidden][rows]
  private final float[] allHidden; // [hidden][all]: the state before each step
  private final FloatPointer allHiddenNative; // the same
  private final float[] column; // [all]
  final FloatPointer inputGradient; // [4 * hidden][inputs]
  final FloatPointer recurrentGradient; // [4 * hidden][hidden]
  final float[] biasGradient; // [4 * hidden]

  LstmShard(int firstRow, int rows, int batch, int inputs, int hidden, int steps) {
    this.firstRow = firstRow;
    this.rows = rows;
    this.batch = batch;
    this.inputs = inputs;
    this.hidden = hidden;
    this.steps = steps;
    all = steps * rows;
    int units = hidden * rows;
    gates = new float[steps][4 * units];
    cells = new float[steps][units];
    hiddenNow = new float[units];
    initialCell = new float[units];
    dHidden = new float[units];
    dCell = new float[units];
    dGates = new float[4 * units];
    allGates = new float[4 * hidden * all];
    inputNative = new FloatPointer((long) inputs * all);
    allGatesNative = new FloatPointer(4L * hidden * all);
    gatesNative = new FloatPointer(4L * units);
    hiddenNative = new FloatPointer((long) units);
    dHiddenNative = new FloatPointer((long) units);
    allHidden = new float[hidden * all];
    allHiddenNative = new FloatPointer((long) hidden * all);
    column = new float[all];
    inputGradient = new FloatPointer(4L * hidden * inputs);
    recurrentGradient = new FloatPointer(4L * hidden * hidden);
    biasGradient = new float[4 * hidden];
  }

  boolean fits(int otherBatch, int otherInputs, int otherHidden, int otherSteps) {
    return batch == otherBatch
        && inputs == otherInputs
        && hidden == otherHidden
        && steps == otherSteps;
  }

  /**
   * Runs all steps.
   *
   * @param input [steps][inputs][batch]
   * @param initialHidden [hidden][batch]
   * @param initialCells [hidden][batch]
   * @param output [steps][hidden][batch]; this shard's rows of it are written
   */
  void forward(
      float[] input,
      FloatPointer inputWeights,
      FloatPointer recurrentWeights,
      float[] bias,
      float[] initialHidden,
      float[] initialCells,
      float[] output) {
    int units = hidden * rows;
    loadInput(input);
    Blas.gemm(
        Blas.NO_TRANSPOSE,
        Blas.NO_TRANSPOSE,
        all,
        4 * hidden,
        inputs,
        inputNative,
        all,
        inputWeights,
        inputs,
        0f,
        allGatesNative,
        all);
    allGatesNative.get(allGates, 0, allGates.length);
    copyIn(initialHidden, 0, hidden, hiddenNow);
    copyIn(initialCells, 0, hidden, initialCell);
    for (int step = 0; step < steps; step++) {
      hiddenNative.put(hiddenNow, 0, units);
      spread(hiddenNow, step, allHidden, hidden);
      Blas.gemm(
          Blas.NO_TRANSPOSE,
          Blas.NO_TRANSPOSE,
          rows,
          4 * hidden,
          hidden,
          hiddenNative,
          rows,
          recurrentWeights,
          hidden,
          0f,
          gatesNative,
          rows);
      float[] g = gates[step];
      gatesNative.get(g, 0, g.length);
      addInput(g, step, bias);
      activate(g, units);
      updateCells(g, step == 0 ? initialCell : cells[step - 1], cells[step], hiddenNow, units);
      copyOut(hiddenNow, output, step * hidden * batch, hidden);
    }
  }

  private void loadInput(float[] input) {
    for (int i = 0; i < inputs; i++) {
      for (int step = 0; step < steps; step++) {
        System.arraycopy(input, (step * inputs + i) * batch + firstRow, column, step * rows, rows);
      }
      inputNative.getPointer((long) i * all).put(column, 0, all);
    }
  }

  private void addInput(float[] g, int step, float[] bias) {
    for (int row = 0; row < 4 * hidden; row++) {
      int from = row * all + step * rows;
      for (int i = 0; i < rows; i++) {
        g[row * rows + i] += allGates[from + i] + bias[row];
      }
    }
  }

  private static void activate(float[] g, int units) {
    for (int i = 0; i < units; i++) {
      g[i] = RationalTanh.tanh(g[i]);
    }
    for (int i = units; i < 4 * units; i++) {
      g[i] = RationalTanh.sigmoid(g[i]);
    }
  }

  private static void updateCells(
      float[] g, float[] cellBefore, float[] cell, float[] hiddenNow, int units) {
    for (int i = 0; i < units; i++) {
      cell[i] = g[units + i] * cellBefore[i] + g[3 * units + i] * g[i];
    }
    for (int i = 0; i < units; i++) {
      hiddenNow[i] = g[2 * units + i] * RationalTanh.tanh(cell[i]);
    }
  }

  /**
   * Goes back over the last forward pass.
   *
   * @param outputGradient [steps][hidden][batch]
   * @param inputGradientOut [steps][inputs][batch]; this shard's rows of it are written
   */
  void backward(
      FloatPointer inputWeights,
      FloatPointer recurrentWeights,
      float[] outputGradient,
      float[] inputGradientOut) {
    int units = hidden * rows;
    Arrays.fill(dCell, 0f);
    Arrays.fill(dHidden, 0f);
    for (int step = steps - 1; step >= 0; step--) {
      copyIn(outputGradient, step * hidden * batch, hidden, hiddenNow); // free in this pass
      for (int i = 0; i < units; i++) {
        dHidden[i] += hiddenNow[i];
      }
      gateGradients(gates[step], cells[step], step == 0 ? initialCell : cells[step - 1], units);
      spread(dGates, step, allGates, 4 * hidden);
      gatesNative.put(dGates, 0, dGates.length);
      Blas.gemm(
          Blas.NO_TRANSPOSE,
          Blas.TRANSPOSE,
          rows,
          hidden,
          4 * hidden,
          gatesNative,
          rows,
          recurrentWeights,
          hidden,
          0f,
          dHiddenNative,
          rows);
      dHiddenNative.get(dHidden, 0, units);
    }
    sumBias();
    allGatesNative.put(allGates, 0, allGates.length);
    allHiddenNative.put(allHidden, 0, allHidden.length);
    weightGradient(inputs, inputNative, inputGradient);
    weightGradient(hidden, allHiddenNative, recurrentGradient);
    Blas.gemm(
        Blas.NO_TRANSPOSE,
        Blas.TRANSPOSE,
        all,
        inputs,
        4 * hidden,
        allGatesNative,
        all,
        inputWeights,
        inputs,
        0f,
        inputNative,
        all);
    for (int i = 0; i < inputs; i++) {
      inputNative.getPointer((long) i * all).get(column, 0, all);
      for (int step = 0; step < steps; step++) {
        System.arraycopy(
            column, step * rows, inputGradientOut, (step * inputs + i) * batch + firstRow, rows);
      }
    }
  }

  private void weightGradient(int columns, FloatPointer values, FloatPointer gradient) {
    Blas.gemm(
        Blas.TRANSPOSE,
        Blas.NO_TRANSPOSE,
        columns,
        4 * hidden,
        all,
        values,
        all,
        allGatesNative,
        all,
        0f,
        gradient,
        columns);
  }

  private void sumBias() {
    for (int row = 0; row < 4 * hidden; row++) {
      float sum = 0;
      for (int i = row * all; i < (row + 1) * all; i++) {
        sum += allGates[i];
      }
      biasGradient[row] = sum;
    }
  }

  private void gateGradients(float[] g, float[] cell, float[] cellBefore, int units) {
    for (int i = 0; i < units; i++) {
      float blockInput = g[i];
      float forget = g[units + i];
      float out = g[2 * units + i];
      float in = g[3 * units + i];
      float tanhCell = RationalTanh.tanh(cell[i]);
      float dH = dHidden[i];
      float dC = dCell[i] + dH * out * (1f - tanhCell * tanhCell);
      dGates[i] = dC * in * (1f - blockInput * blockInput);
      dGates[units + i] = dC * cellBefore[i] * forget * (1f - forget);
      dGates[2 * units + i] = dH * tanhCell * out * (1f - out);
      dGates[3 * units + i] = dC * blockInput * in * (1f - in);
      dCell[i] = dC * forget;
    }
  }

  /** Puts a step's columns, [columns][rows], among those of all steps, [columns][all]. */
  private void spread(float[] from, int step, float[] to, int columns) {
    for (int column = 0; column < columns; column++) {
      System.arraycopy(from, column * rows, to, column * all + step * rows, rows);
    }
  }

  private void copyOut(float[] from, float[] to, int offset, int columns) {
    for (int column = 0; column < columns; column++) {
      System.arraycopy(from, column * rows, to, offset + column * batch + firstRow, rows);
    }
  }

  private void copyIn(float[] from, int offset, int columns, float[] to) {
    for (int column = 0; column < columns; column++) {
      System.arraycopy(from, offset + column * batch + firstRow, to, column * rows, rows);
    }
  }

  /**
   * Cell state after the last step, for rows of this shard.
   *
   * @param to [hidden][batch]
   */
  void copyLastCell(float[] to) {
    copyOut(cells[steps - 1], to, 0, hidden);
  }
}
