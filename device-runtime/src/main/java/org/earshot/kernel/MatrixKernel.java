package org.earshot.kernel;

/** A way to multiply int8 matrices; all ways give the same values. Thread-safe. */
public interface MatrixKernel {
  /** Largest number of columns: 127 * 127 * 1040 = 16,774,160 &lt; 2^24, exact in float32. */
  int MAX_COLUMNS = 1040;

  /**
   * Lays a matrix out for this kernel.
   *
   * @param weights [rows][columns], row-major, in [-127, 127]; copied
   * @throws IllegalArgumentException for other weights or shapes, see {@link #check}
   */
  MatrixVector of(byte[] weights, int rows, int columns);

  /** Refuses what no kernel takes. */
  static void check(byte[] weights, int rows, int columns) {
    if (rows < 1 || columns < 1 || columns > MAX_COLUMNS || weights.length != rows * columns) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + rows + " rows and " + columns + " columns");
    }
    for (byte weight : weights) {
      if (weight == Byte.MIN_VALUE) {
        throw new IllegalArgumentException("a weight is -128, wanted -127 to 127");
      }
    }
  }
}
