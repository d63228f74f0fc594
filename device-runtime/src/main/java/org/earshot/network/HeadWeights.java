package org.earshot.network;

import java.util.List;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.kernel.Quantizer;
import org.earshot.model.Activation;
import org.earshot.model.Calibration;
import org.earshot.model.DenseLayer;
import org.earshot.model.HeadModel;
import org.earshot.model.QuantizedMatrix;

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
    final Layer[] layers;
    final float slope;
    final float offset;

    Head(int firstRow, Layer[] layers, Calibration calibration) {
      this.firstRow = firstRow;
      this.layers = layers;
      this.slope = calibration.slope();
      this.offset = calibration.offset();
    }
  }

  /** One dense layer; {@code matrix} is null for the first, which the stack holds. */
  static final class Layer {
    final MatrixVector matrix;
    final float[] scale; // [outputs]: scale of the layer's input times the row's scale
    final float[] bias; // [outputs]
    final boolean relu;
    final float inverseOutputScale;

    Layer(DenseLayer layer, float inputScale, MatrixVector matrix) {
      this.matrix = matrix;
      scale = layer.weights().scales();
      for (int row = 0; row < scale.length; row++) {
        scale[row] *= inputScale;
      }
      bias = layer.bias();
      relu = layer.activation() == Activation.RELU;
      inverseOutputScale = 1 / layer.outputScale();
    }

    int outputs() {
      return bias.length;
    }
  }

  HeadWeights(List<HeadModel> models, int inputs, Kernel kernel) {
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

  private static Layer[] prepare(List<DenseLayer> layers) {
    Layer[] prepared = new Layer[layers.size()];
    float inputScale = Quantizer.HIDDEN_SCALE;
    for (int i = 0; i < prepared.length; i++) {
      DenseLayer layer = layers.get(i);
      MatrixVector matrix = null;
      if (i > 0) {
        QuantizedMatrix weights = layer.weights();
        matrix =
            Kernel.preferred(weights.rows())
                .of(weights.weights(), weights.rows(), weights.columns());
      }
      prepared[i] = new Layer(layer, inputScale, matrix);
      inputScale = layer.outputScale();
    }
    return prepared;
  }
}
