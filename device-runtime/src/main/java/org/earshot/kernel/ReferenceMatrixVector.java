package org.earshot.kernel;

/** The definition: int8 times int8, summed in int32. */
final class ReferenceMatrixVector implements MatrixVector {
  private final byte[] weights; // [rows][columns], row-major
  private final int rows;
  private final int columns;

  ReferenceMatrixVector(byte[] weights, int rows, int columns) {
    this.weights = weights.clone();
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
    for (int row = 0; row < count; row++) {
      int first = row * columns;
      int sum = 0; // below 2^24 in magnitude, so the conversion to float is exact
      for (int column = 0; column < columns; column++) {
        sum += weights[first + column] * input[offset + column];
      }
      sums[row] += sum;
    }
  }
}
