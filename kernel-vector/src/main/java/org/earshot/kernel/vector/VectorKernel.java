package org.earshot.kernel.vector;

import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.MatrixVector;

/** Lays matrices out for {@link VectorMatrixVector}; those with few rows for the plain kernels. */
public final class VectorKernel implements MatrixKernel {
  @Override
  public MatrixVector of(byte[] weights, int rows, int columns) {
    MatrixKernel.check(weights, rows, columns);
    if (rows < VectorMatrixVector.ROWS) {
      return Kernel.preferred(rows).of(weights, rows, columns);
    }
    return new VectorMatrixVector(weights, rows, columns);
  }

  @Override
  public String toString() {
    return "VECTOR_" + VectorMatrixVector.BITS;
  }
}
