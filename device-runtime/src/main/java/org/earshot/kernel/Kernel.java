package org.earshot.kernel;

/** The implementations of {@link MatrixVector}; all give the same values. */
public enum Kernel {
  /** Plain nested loops over int32: what the others are checked against, and best for few rows. */
  REFERENCE {
    @Override
    MatrixVector create(byte[] weights, int rows, int columns) {
      return new ReferenceMatrixVector(weights, rows, columns);
    }
  },
  /** Weights transposed and widened to float, so that C2 vectorises over the rows. */
  LANES {
    @Override
    MatrixVector create(byte[] weights, int rows, int columns) {
      return new LaneMatrixVector(weights, rows, columns);
    }
  };

  /** Largest number of columns: 127 * 127 * 1040 = 16,774,160 &lt; 2^24, exact in float32. */
  public static final int MAX_COLUMNS = 1040;

  /** Under this many rows a lane loop costs more than it saves (ADR 0005). */
  private static final int FEW_ROWS = 8;

  /** Returns the kernel that suits the shape. */
  public static Kernel preferred(int rows) {
    return rows < FEW_ROWS ? REFERENCE : LANES;
  }

  /**
   * Lays a matrix out for this kernel.
   *
   * @param weights [rows][columns], row-major, in [-127, 127]; copied
   */
  public final MatrixVector of(byte[] weights, int rows, int columns) {
    if (rows < 1 || columns < 1 || columns > MAX_COLUMNS || weights.length != rows * columns) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + rows + " rows and " + columns + " columns");
    }
    for (byte weight : weights) {
      if (weight == Byte.MIN_VALUE) {
        throw new IllegalArgumentException("a weight is -128, wanted -127 to 127");
      }
    }
    return create(weights, rows, columns);
  }

  abstract MatrixVector create(byte[] weights, int rows, int columns);
}
