package org.earshot.model;

import java.util.Arrays;

/**
 * A weight matrix in symmetric int8 with one float scale per row (output channel).
 *
 * <p>The real weight is {@code scales[row] * weights[row * columns + column]}. Weights lie in
 * [-127, 127]; -128 is refused. With activations in the same range and at most {@link #MAX_COLUMNS}
 * columns every row sum stays within 127 * 127 * 1040 &lt; 2^24, so that int32 and float32
 * accumulation give the same value exactly (ADR 0005).
 *
 * <p>Immutable: arrays are copied on the way in and on the way out, so accessors are for loading
 * and not for the per-frame path.
 *
 * @param rows output channels, 1 to {@link #MAX_ROWS}
 * @param columns inputs, 1 to {@link #MAX_COLUMNS}
 * @param weights [rows][columns], row-major
 * @param scales [rows], 1e-20 to 1e6
 */
public record QuantizedMatrix(int rows, int columns, byte[] weights, float[] scales) {
  /** Bound of {@link #rows}. */
  public static final int MAX_ROWS = 4096;

  /** Bound of {@link #columns}: 127 * 127 * 1040 = 16,774,160 &lt; 2^24. */
  public static final int MAX_COLUMNS = 1040;

  /** Copies the arrays; throws IllegalArgumentException for any value out of its range. */
  public QuantizedMatrix {
    Checks.range("rows", rows, 1, MAX_ROWS);
    Checks.range("columns", columns, 1, MAX_COLUMNS);
    Checks.length("weights", weights.length, rows * columns);
    Checks.length("scales", scales.length, rows);
    weights = weights.clone();
    scales = scales.clone();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] == Byte.MIN_VALUE) {
        throw new IllegalArgumentException("weights[" + i + "] is -128, wanted -127 to 127");
      }
    }
    for (float scale : scales) {
      Checks.scale("scale", scale);
    }
  }

  /** Returns a copy, [rows][columns], row-major. */
  @Override
  public byte[] weights() {
    return weights.clone();
  }

  /** Returns a copy, [rows]. */
  @Override
  public float[] scales() {
    return scales.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuantizedMatrix matrix
        && rows == matrix.rows
        && columns == matrix.columns
        && Arrays.equals(weights, matrix.weights)
        && Arrays.equals(scales, matrix.scales);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(weights) + Arrays.hashCode(scales);
  }

  @Override
  public String toString() {
    return "QuantizedMatrix[" + rows + "x" + columns + "]";
  }
}
