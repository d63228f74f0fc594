package org.earshot.verifier;

/** A matrix by columns, for products as sums of scaled columns: loops that HotSpot vectorises. */
final class Columns {
  private final int rows;
  private final float[] values; // [columns][rows]

  /**
   * Turns a matrix round.
   *
   * @param matrix [rows][columns], row-major
   */
  Columns(float[] matrix, int rows) {
    this.rows = rows;
    int columns = matrix.length / rows;
    values = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column * rows + row] = matrix[row * columns + column];
      }
    }
  }

  /** Adds {@code factor * column} to the rows of {@code sums} that begin at {@code to}. */
  void add(int column, float factor, float[] sums, int to) {
    if (factor == 0) {
      return; // half of what a rectifier gives
    }
    int from = column * rows;
    for (int row = 0; row < rows; row++) {
      sums[to + row] += factor * values[from + row];
    }
  }
}
