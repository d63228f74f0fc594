package org.earshot.network;

import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.model.QuantizedMatrix;

/** A model's matrices as the kernels want them. */
final class MatrixLayout {
  private MatrixLayout() {}

  static MatrixVector of(QuantizedMatrix matrix, MatrixKernel kernel) {
    return kernel.of(matrix.weights(), matrix.rows(), matrix.columns());
  }

  /** Returns the scale of each row's sum, [rows]: the input's scale times the row's own. */
  static float[] sumScales(QuantizedMatrix matrix, float scaleOfInput) {
    float[] scales = matrix.scales();
    for (int row = 0; row < scales.length; row++) {
      scales[row] *= scaleOfInput;
    }
    return scales;
  }
}
