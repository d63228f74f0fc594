package org.earshot.training;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * One LSTM layer's forward and backward pass for some rows of a batch: BLAS for the products, plain
 * loops that HotSpot vectorises for the gates.
 *
 * <p>All matrices are column-major with the batch as the leading dimension, as in DL4J's {@code
 * 'f'} order; gates stand in DL4J's order: block input (tanh), forget, output, input gate
 * (sigmoid). Not thread-safe; buffers are reused from batch to batch.
 */
final class LstmShard {
  private static final int COLUMN_MAJOR = 102;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  private final int rows;
  private final int firstRow;
  private final int batch;
  private final int inputs;
  private final int hidden;
  private final int steps;
  private final float[][] gates; // [steps][4 * hidden * rows], after the activations
  private final float[][] cells; // [steps][hidden * rows]
  private final float[] hiddenNow; // [hidden * rows]
  private final float[] initialCell; // [hidden * rows]
  private final float[] dHidden; // [hidden * rows]
  private final float[] dCell; // [hidden * rows]
  private final float[] dGates; // [4 * hidden * rows]
  private final FloatPointer gatesNative; // [4 * hidden][rows]
  private final FloatPointer
      hiddenNative; // [steps + 1][hidden][rows], entry 0 is the initial state
  private final FloatPointer dHiddenNative; // [hidden][rows]
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
    int units = hidden * rows;
    gates = new float[steps][4 * units];
    cells = new float[steps][units];
    hiddenNow = new float[units];
    initialCell = new float[units];
    dHidden = new float[units];
    dCell = new float[units];
    dGates = new float[4 * units];
    gatesNative = new FloatPointer(4L * units);
    hiddenNative = new FloatPointer((steps + 1L) * units);
    dHiddenNative = new FloatPointer((long) units);
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

  void forward(
      FloatPointer input,
      FloatPointer inputWeights,
      FloatPointer recurrentWeights,
      float[] bias,
      FloatPointer initialHidden,
      FloatPointer initialCells,
      FloatPointer output) {
    int units = hidden * rows;
    copyIn(initialHidden, firstRow, hidden, hiddenNow);
    hiddenNative.put(hiddenNow, 0, units);
    copyIn(initialCells, firstRow, hidden, initialCell);
    for (int step = 0; step < steps; step++) {
      gemm(
          NO_TRANSPOSE,
          NO_TRANSPOSE,
          rows,
          4 * hidden,
          inputs,
          input.getPointer(at(step, inputs)),
          batch,
          inputWeights,
          inputs,
          0f,
          gatesNative,
          rows);
      gemm(
          NO_TRANSPOSE,
          NO_TRANSPOSE,
          rows,
          4 * hidden,
          hidden,
          hiddenNative.getPointer((long) step * units),
          rows,
          recurrentWeights,
          hidden,
          1f,
          gatesNative,
          rows);
      float[] g = gates[step];
      gatesNative.get(g, 0, g.length);
      for (int row = 0; row < 4 * hidden; row++) {
        activateRow(g, row * rows, rows, bias[row], row < hidden);
      }
      updateCells(g, step == 0 ? initialCell : cells[step - 1], cells[step], hiddenNow, units);
      hiddenNative.getPointer((step + 1L) * units).put(hiddenNow, 0, units);
      copyOut(hiddenNow, output, at(step, hidden), hidden);
    }
  }

  private static void activateRow(float[] g, int from, int length, float bias, boolean tanh) {
    if (tanh) {
      for (int i = from; i < from + length; i++) {
        g[i] = RationalTanh.tanh(g[i] + bias);
      }
    } else {
      for (int i = from; i < from + length; i++) {
        g[i] = RationalTanh.sigmoid(g[i] + bias);
      }
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

  void backward(
      FloatPointer input,
      FloatPointer inputWeights,
      FloatPointer recurrentWeights,
      FloatPointer outputGradient,
      FloatPointer inputGradientOut) {
    int units = hidden * rows;
    Arrays.fill(dCell, 0f);
    Arrays.fill(biasGradient, 0f);
    for (int step = steps - 1; step >= 0; step--) {
      boolean last = step == steps - 1;
      if (last) {
        Arrays.fill(dHidden, 0f);
      } else {
        dHiddenNative.get(dHidden, 0, units);
      }
      copyIn(outputGradient, at(step, hidden), hidden, hiddenNow); // free in this pass
      for (int i = 0; i < units; i++) {
        dHidden[i] += hiddenNow[i];
      }
      gateGradients(gates[step], cells[step], step == 0 ? initialCell : cells[step - 1], units);
      for (int row = 0; row < 4 * hidden; row++) {
        float sum = 0;
        for (int i = row * rows; i < (row + 1) * rows; i++) {
          sum += dGates[i];
        }
        biasGradient[row] += sum;
      }
      gatesNative.put(dGates, 0, dGates.length);
      float beta = last ? 0f : 1f;
      gemm(
          TRANSPOSE,
          NO_TRANSPOSE,
          inputs,
          4 * hidden,
          rows,
          input.getPointer(at(step, inputs)),
          batch,
          gatesNative,
          rows,
          beta,
          inputGradient,
          inputs);
      gemm(
          TRANSPOSE,
          NO_TRANSPOSE,
          hidden,
          4 * hidden,
          rows,
          hiddenNative.getPointer((long) step * units),
          rows,
          gatesNative,
          rows,
          beta,
          recurrentGradient,
          hidden);
      gemm(
          NO_TRANSPOSE,
          TRANSPOSE,
          rows,
          inputs,
          4 * hidden,
          gatesNative,
          rows,
          inputWeights,
          inputs,
          0f,
          inputGradientOut.getPointer(at(step, inputs)),
          batch);
      gemm(
          NO_TRANSPOSE,
          TRANSPOSE,
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

  /** Offset of this shard's first row in time step {@code step} of a [batch, size, steps] array. */
  private long at(int step, int size) {
    return (long) step * size * batch + firstRow;
  }

  private void copyOut(float[] from, FloatPointer to, long offset, int columns) {
    for (int column = 0; column < columns; column++) {
      to.getPointer(offset + (long) column * batch).put(from, column * rows, rows);
    }
  }

  private void copyIn(FloatPointer from, long offset, int columns, float[] to) {
    for (int column = 0; column < columns; column++) {
      from.getPointer(offset + (long) column * batch).get(to, column * rows, rows);
    }
  }

  /** Cell state after the last step, for rows of this shard. */
  void copyLastCell(FloatPointer to) {
    copyOut(cells[steps - 1], to, firstRow, hidden);
  }

  private static void gemm(
      int transposeA,
      int transposeB,
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      float beta,
      FloatPointer c,
      int ldc) {
    openblas_nolapack.cblas_sgemm(
        COLUMN_MAJOR, transposeA, transposeB, m, n, k, 1f, a, lda, b, ldb, beta, c, ldc);
  }
}
