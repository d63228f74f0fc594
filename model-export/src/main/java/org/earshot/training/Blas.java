package org.earshot.training;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Single-precision matrix products of column-major matrices outside the Java heap. */
final class Blas {
  private static final int COLUMN_MAJOR = 102;
  static final int NO_TRANSPOSE = 111;
  static final int TRANSPOSE = 112;

  private Blas() {}

  /** {@code c = op(a) * op(b) + beta * c}, where op(a) is [m][k] and op(b) is [k][n]. */
  static void gemm(
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

  /** The first element of an array. */
  static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().pointer()).getPointer(array.offset());
  }

  /** The array itself, or a copy, as [steps] matrices [batch][size], each column-major. */
  static INDArray columnMajor(INDArray array) {
    long batch = array.size(0);
    boolean packed =
        array.ordering() == 'f'
            && array.stride(0) == 1
            && array.stride(1) == batch
            && array.stride(2) == batch * array.size(1);
    return packed ? array : array.dup('f');
  }
}
