package org.earshot.network;

import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.kernel.Quantizer;
import org.earshot.model.LstmLayer;

/** One LSTM layer laid out for the kernels, its scales folded; immutable. */
final class LstmWeights {
  final int hidden;
  final MatrixVector input; // [4*hidden][inputs]
  final MatrixVector recurrent; // [4*hidden][hidden]
  final float[] inputScale; // [4*hidden]: scale of the layer's input times the row's scale
  final float[] recurrentScale; // [4*hidden]: 1/127 times the row's scale
  final float[] bias; // [4*hidden]

  LstmWeights(LstmLayer layer, float scaleOfInput, MatrixKernel kernel) {
    hidden = layer.hidden();
    input = MatrixLayout.of(layer.inputWeights(), kernel);
    recurrent = MatrixLayout.of(layer.recurrentWeights(), kernel);
    inputScale = MatrixLayout.sumScales(layer.inputWeights(), scaleOfInput);
    recurrentScale = MatrixLayout.sumScales(layer.recurrentWeights(), Quantizer.HIDDEN_SCALE);
    bias = layer.bias();
  }
}
