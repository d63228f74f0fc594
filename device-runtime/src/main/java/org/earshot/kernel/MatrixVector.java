package org.earshot.kernel;

/**
 * Exact products of one int8 matrix with int8 vectors.
 *
 * <p>Immutable and thread-safe; {@link #multiply} does not allocate. Made by {@link Kernel#of}.
 */
public interface MatrixVector {
  /** Returns the number of outputs. */
  int rows();

  /** Returns the number of inputs. */
  int columns();

  /**
   * Writes {@code sums[r] = sum over c of weights[r][c] * input[c]}, exactly.
   *
   * @param input [columns], in [-127, 127]
   * @param sums [rows] or longer, overwritten; integers of magnitude below 2^24, exact in float
   */
  void multiply(byte[] input, float[] sums);
}
