package org.earshot.kernel;

/** The kernels that run on every JVM. */
public enum Kernel implements MatrixKernel {
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

  /** Under this many rows a lane loop costs more than it saves (ADR 0005). */
  private static final int FEW_ROWS = 8;

  /** Returns the kernel that suits the shape. */
  public static Kernel preferred(int rows) {
    return rows < FEW_ROWS ? REFERENCE : LANES;
  }

  @Override
  public final MatrixVector of(byte[] weights, int rows, int columns) {
    MatrixKernel.check(weights, rows, columns);
    return create(weights, rows, columns);
  }

  abstract MatrixVector create(byte[] weights, int rows, int columns);
}
