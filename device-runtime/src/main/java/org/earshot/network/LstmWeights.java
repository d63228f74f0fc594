package org.earshot.network;

import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.kernel.Quantizer;
import org.earshot.model.LstmLayer;
import org.earshot.model.QuantizedMatrix;

/** One LSTM layer laid out for the kernels, its scales folded; immutable. */
final class LstmWeights {
  final int hidden;
  final MatrixVector input; // [4*hidden][inputs]
  final MatrixVector recurrent; // [4*hidden][hidden]
  final float[] inputScale; // [4*hidden]: scale of the layer's input times the row's scale
  final float[] recurrentScale; // [4*hidden]: 1/127 times the row's scale
  final float[] bias; // [4*hidden]

  LstmWeights(LstmLayer layer, float scaleOfInput, Kernel kernel) {
    hidden = layer.hidden();
    input = prepare(layer.inputWeights(), kernel);
    recurrent = prepare(layer.recurrentWeights(), kernel);
    inputScale = fold(layer.inputWeights(), scaleOfInput);
    recurrentScale = fold(layer.recurrentWeights(), Quantizer.HIDDEN_SCALE);
    bias = layer.bias();
  }

  private static MatrixVector prepare(QuantizedMatrix matrix, Kernel kernel) {
    return kernel.of(matrix.weights(), matrix.rows(), matrix.columns());
  }

  private static float[] fold(QuantizedMatrix matrix, float scale) {
    float[] scales = matrix.scales();
    for (int row = 0; row < scales.length; row++) {
      scales[row] *= scale;
    }
    return scales;
  }
}
