package org.earshot.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earshot.model.Activation;
import org.earshot.model.BaseModel;
import org.earshot.model.ConvolutionLayer;
import org.earshot.model.DenseLayer;
import org.earshot.model.LstmLayer;
import org.earshot.model.QuantizedMatrix;

/**
 * Rounds float weights to int8, symmetric, one scale a row. Each row's scale is the one of forty
 * between 0.6 and 1 times its largest magnitude over 127 that leaves the smallest squared error.
 */
public final class WeightQuantizer {
  private static final int CANDIDATES = 40;
  private static final float SMALLEST_SCALE = 1e-12f;

  private WeightQuantizer() {}

  /**
   * The shared network in int8.
   *
   * @param outputScales of each convolution: {@link ActivationCalibration}
   */
  public static BaseModel base(FloatModel model, float[] outputScales) {
    List<ConvolutionLayer> convolutions = new ArrayList<>();
    for (int i = 0; i < model.convolutions().size(); i++) {
      FloatConvolution layer = model.convolutions().get(i);
      convolutions.add(
          new ConvolutionLayer(
              layer.inputChannels(),
              layer.inputBands(),
              layer.kernelBands(),
              layer.strideBands(),
              layer.taps(),
              quantize(layer.weights(), layer.outputChannels(), layer.columns()),
              layer.bias(),
              outputScales[i]));
    }
    List<LstmLayer> layers = new ArrayList<>();
    for (FloatLstm layer : model.layers()) {
      layers.add(
          new LstmLayer(
              layer.inputs(),
              layer.hidden(),
              quantize(layer.inputWeights(), 4 * layer.hidden(), layer.inputs()),
              quantize(layer.recurrentWeights(), 4 * layer.hidden(), layer.hidden()),
              layer.bias()));
    }
    return new BaseModel(
        model.features().fingerprint(),
        model.features().melBands(),
        model.stackFrames(),
        model.inputScale(),
        convolutions,
        layers);
  }

  /** One head's only layer in int8. */
  public static DenseLayer head(FloatModel model, int event) {
    int inputs = model.headInputs();
    float[] row = Arrays.copyOfRange(model.headWeights(), event * inputs, (event + 1) * inputs);
    return head(row, model.headBias()[event]);
  }

  /** A linear head of these weights, one an input, in int8. */
  public static DenseLayer head(float[] weights, float bias) {
    return new DenseLayer(
        quantize(weights, 1, weights.length), new float[] {bias}, Activation.LINEAR, 1f);
  }

  /**
   * Rounds a matrix.
   *
   * @param weights [rows][columns], row-major
   */
  static QuantizedMatrix quantize(float[] weights, int rows, int columns) {
    byte[] rounded = new byte[rows * columns];
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      float[] values = Arrays.copyOfRange(weights, row * columns, (row + 1) * columns);
      scales[row] = bestScale(values);
      for (int i = 0; i < columns; i++) {
        rounded[row * columns + i] = round(values[i], scales[row]);
      }
    }
    return new QuantizedMatrix(rows, columns, rounded, scales);
  }

  static float bestScale(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    float best = Math.max(SMALLEST_SCALE, largest / 127);
    double least = squaredError(values, best);
    for (int i = 1; i <= CANDIDATES; i++) {
      float scale = Math.max(SMALLEST_SCALE, largest / 127 * (1 - 0.4f * i / CANDIDATES));
      double error = squaredError(values, scale);
      if (error < least) {
        least = error;
        best = scale;
      }
    }
    return best;
  }

  private static double squaredError(float[] values, float scale) {
    double sum = 0;
    for (float value : values) {
      double error = value - scale * round(value, scale);
      sum += error * error;
    }
    return sum;
  }

  private static byte round(float value, float scale) {
    return (byte) Math.max(-127, Math.min(127, Math.round(value / scale)));
  }
}
