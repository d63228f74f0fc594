package org.earshot.kernel;

import java.util.Arrays;

/**
 * Exact products of one int8 matrix with int8 vectors.
 *
 * <p>Immutable and thread-safe; does not allocate: the caller owns the scratch memory. Made by
 * {@link MatrixKernel#of}.
 */
public interface MatrixVector {
  /** Returns the number of outputs. */
  int rows();

  /** Returns the number of inputs. */
  int columns();

  /** Returns how many ints of scratch memory a product needs. */
  default int scratchInts() {
    return columns();
  }

  /**
   * Writes {@code sums[r] = sum over c of weights[r][c] * input[c]}, exactly.
   *
   * @param input [columns], in [-127, 127]
   * @param scratch [scratchInts] or longer, overwritten
   * @param sums [rows] or longer, overwritten; integers of magnitude below 2^24, exact in float
   */
  default void multiply(byte[] input, int[] scratch, float[] sums) {
    Arrays.fill(sums, 0, rows(), 0f);
    add(input, 0, scratch, sums, rows());
  }

  /**
   * Adds {@code sum over c of weights[r][c] * input[offset + c]} to {@code sums[r]} for the first
   * rows. Exact while every sum stays an integer of magnitude below 2^24: so as long as the inputs
   * added to one sum are no more than {@link MatrixKernel#MAX_COLUMNS}.
   *
   * @param input holds [columns] inputs from {@code offset}, in [-127, 127]
   * @param scratch [scratchInts] or longer, overwritten
   * @param sums [count] or longer
   * @param count how many rows, 0 to [rows]
   */
  void add(byte[] input, int offset, int[] scratch, float[] sums, int count);
}
