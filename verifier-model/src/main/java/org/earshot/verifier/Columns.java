package org.earshot.verifier;

/**
 * A matrix by columns, for products as sums of scaled columns: loops that HotSpot vectorises, since
 * all arrays begin at row 0 in them. Immutable.
 *
 * <p>Columns are added one after the other, four in a pass over the sums; so the rounding does not
 * depend on how many go in a pass. Those whose factor is zero, half of what a rectifier gives, are
 * left out.
 */
final class Columns {
  private final float[][] values; // [columns][rows]
  private final int rows;

  /**
   * Turns a matrix round.
   *
   * @param matrix [rows][columns], row-major
   */
  Columns(float[] matrix, int rows) {
    this.rows = rows;
    int columns = matrix.length / rows;
    values = new float[columns][rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column][row] = matrix[row * columns + column];
      }
    }
  }

  /**
   * Adds {@code factors[from + i] * column[first + i]} to the sums for every i below count.
   *
   * @param scratch [count] or longer, overwritten
   * @param sums [rows]
   */
  void add(int first, int count, float[] factors, int from, int[] scratch, float[] sums) {
    int used = 0;
    for (int i = 0; i < count; i++) {
      scratch[used] = i;
      used += factors[from + i] == 0 ? 0 : 1;
    }
    int at = 0;
    for (; at + 4 <= used; at += 4) {
      int a = scratch[at];
      int b = scratch[at + 1];
      int c = scratch[at + 2];
      int d = scratch[at + 3];
      addFour(
          values[first + a],
          factors[from + a],
          values[first + b],
          factors[from + b],
          values[first + c],
          factors[from + c],
          values[first + d],
          factors[from + d],
          sums,
          rows);
    }
    for (; at < used; at++) {
      addOne(values[first + scratch[at]], factors[from + scratch[at]], sums, rows);
    }
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
      sums[row] = (((sums[row] + x0 * w0[row]) + x1 * w1[row]) + x2 * w2[row]) + x3 * w3[row];
    }
  }
}
