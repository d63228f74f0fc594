package org.earshot.kernel;

/**
 * Input-major float weights: each input scales one contiguous array of rows and is added to the
 * sums, a loop that C2 turns into SIMD multiplies and adds on every CPU it knows.
 *
 * <p>Products and partial sums are integers below 2^24 in magnitude ({@link
 * MatrixKernel#MAX_COLUMNS}), so float addition is exact in any order. Inputs that are zero are
 * skipped, and four inputs share one pass over the sums.
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
  public void add(byte[] input, int offset, int[] scratch, float[] sums, int count) {
    int used = gatherNonZero(input, offset, scratch);
    int i = 0;
    for (; i + 4 <= used; i += 4) {
      int first = scratch[i];
      int second = scratch[i + 1];
      int third = scratch[i + 2];
      int fourth = scratch[i + 3];
      addFour(
          weights[first],
          input[offset + first],
          weights[second],
          input[offset + second],
          weights[third],
          input[offset + third],
          weights[fourth],
          input[offset + fourth],
          sums,
          count);
    }
    for (; i < used; i++) {
      addOne(weights[scratch[i]], input[offset + scratch[i]], sums, count);
    }
  }

  /** Without a branch an input: no CPU foretells which rectified value is zero. */
  private int gatherNonZero(byte[] input, int offset, int[] nonZero) {
    int found = 0; // never above column, so nonZero[found] is within [columns]
    for (int column = 0; column < columns; column++) {
      nonZero[found] = column;
      int x = input[offset + column];
      found += (x | -x) >>> 31;
    }
    return found;
  }

  // Both loops start at row 0 in weights and sums alike: with two offsets C2 vectorises neither.

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
