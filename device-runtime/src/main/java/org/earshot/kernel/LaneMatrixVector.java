package org.earshot.kernel;

import java.util.Arrays;

/**
 * Input-major float weights: each input scales one contiguous array of rows and is added to the
 * sums, a loop that C2 turns into SIMD multiplies and adds on every CPU it knows.
 *
 * <p>Products and partial sums are integers below 2^24 in magnitude ({@link Kernel#MAX_COLUMNS}),
 * so float addition is exact in any order. Inputs that are zero are skipped, and four inputs share
 * one pass over the sums.
 */
final class LaneMatrixVector implements MatrixVector {
  private final float[][] weights; // [columns][rows]
  private final int rows;
  private final int columns;

  LaneMatrixVector(byte[] weights, int rows, int columns) {
    this.weights = new float[columns][rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        this.weights[column][row] = weights[row * columns + column];
      }
    }
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void multiply(byte[] input, float[] sums) {
    Arrays.fill(sums, 0, rows, 0f);
    int column = nextNonZero(input, 0);
    while (column < columns) {
      int second = nextNonZero(input, column + 1);
      int third = nextNonZero(input, second + 1);
      int fourth = nextNonZero(input, third + 1);
      if (fourth < columns) {
        addFour(
            weights[column],
            input[column],
            weights[second],
            input[second],
            weights[third],
            input[third],
            weights[fourth],
            input[fourth],
            sums,
            rows);
      } else {
        addOne(weights[column], input[column], sums, rows);
        if (second < columns) {
          addOne(weights[second], input[second], sums, rows);
        }
        if (third < columns) {
          addOne(weights[third], input[third], sums, rows);
        }
      }
      column = nextNonZero(input, fourth + 1);
    }
  }

  private int nextNonZero(byte[] input, int from) {
    int column = from;
    while (column < columns && input[column] == 0) {
      column++;
    }
    return column;
  }

  private static void addOne(float[] w, float x, float[] sums, int rows) {
    for (int row = 0; row < rows; row++) {
      sums[row] += x * w[row];
    }
  }

  private static void addFour(
      float[] w0,
      float x0,
      float[] w1,
      float x1,
      float[] w2,
      float x2,
      float[] w3,
      float x3,
      float[] sums,
      int rows) {
    for (int row = 0; row < rows; row++) {
      sums[row] += (x0 * w0[row] + x1 * w1[row]) + (x2 * w2[row] + x3 * w3[row]);
    }
  }
}
