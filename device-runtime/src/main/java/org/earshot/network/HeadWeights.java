package org.earshot.network;

import java.util.List;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.kernel.Quantizer;
import org.earshot.model.Calibration;
import org.earshot.model.DenseLayer;
import org.earshot.model.HeadModel;

/**
 * All heads laid out for the kernels; immutable.
 *
 * <p>The first layers of all heads are stacked into one matrix, since they read the same input: one
 * long product instead of many short ones. Sums of int8 products are exact, so a head's output does
 * not depend on which other heads stand beside it.
 */
final class HeadWeights {
  final MatrixVector first; // [sum of first-layer outputs][inputs]; null without heads
  final Head[] heads;

  /** One head: where its first layer lies in the stack, and the layers above. */
  static final class Head {
    final int firstRow;
    final DenseWeights[] layers; // the first one's matrix is null: the stack holds it
    final float slope;
    final float offset;

    Head(int firstRow, DenseWeights[] layers, Calibration calibration) {
      this.firstRow = firstRow;
      this.layers = layers;
      this.slope = calibration.slope();
      this.offset = calibration.offset();
    }
  }

  HeadWeights(List<HeadModel> models, int inputs, MatrixKernel kernel) {
    int rows = models.stream().mapToInt(model -> model.layers().get(0).outputs()).sum();
    byte[] stacked = new byte[rows * inputs];
    heads = new Head[models.size()];
    int row = 0;
    for (int i = 0; i < heads.length; i++) {
      List<DenseLayer> layers = models.get(i).layers();
      byte[] weights = layers.get(0).weights().weights();
      System.arraycopy(weights, 0, stacked, row * inputs, weights.length);
      heads[i] = new Head(row, prepare(layers), models.get(i).calibration());
      row += layers.get(0).outputs();
    }
    first = rows == 0 ? null : kernel.of(stacked, rows, inputs);
  }

  private static DenseWeights[] prepare(List<DenseLayer> layers) {
    DenseWeights[] prepared = new DenseWeights[layers.size()];
    float inputScale = Quantizer.HIDDEN_SCALE;
    for (int i = 0; i < prepared.length; i++) {
      DenseLayer layer = layers.get(i);
      MatrixVector matrix = null;
      if (i > 0) {
        matrix = MatrixLayout.of(layer.weights(), Kernel.preferred(layer.outputs()));
      }
      prepared[i] = new DenseWeights(layer, inputScale, matrix);
      inputScale = layer.outputScale();
    }
    return prepared;
  }
}
