package org.earshot.training;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.quantize.FloatConvolution;
import org.earshot.quantize.FloatLstm;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a DL4J graph's layers in our own order. Not thread-safe. */
public final class GraphWeights {
  /** DL4J's gate blocks (candidate, forget, output, input) in our order. */
  private static final int[] DL4J_BLOCKS = {3, 1, 0, 2};

  private final ComputationGraph graph;

  /** Reads the weights that a graph has now. */
  public GraphWeights(ComputationGraph graph) {
    this.graph = graph;
  }

  /** The convolutions of a layer of {@link BandConvolutions}, normalisation folded in. */
  public List<FloatConvolution> convolutions(String front, List<BandConvolution> shapes) {
    List<FloatConvolution> convolutions = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      convolutions.add(convolution(front, i, shapes.get(i)));
    }
    return convolutions;
  }

  /** An LSTM layer. */
  public FloatLstm lstm(String name) {
    INDArray input = graph.getParam(name + "_W"); // [inputs][4*hidden]
    INDArray recurrent = graph.getParam(name + "_RW"); // [hidden][4*hidden]
    INDArray bias = graph.getParam(name + "_b"); // [1][4*hidden]
    int inputs = (int) input.size(0);
    int hidden = (int) recurrent.size(0);
    return new FloatLstm(
        inputs,
        hidden,
        rows(input, inputs, hidden),
        rows(recurrent, hidden, hidden),
        rows(bias.reshape(1, 4L * hidden), 1, hidden));
  }

  /** A convolution with the batch normalisation above it folded into its weights and bias. */
  private FloatConvolution convolution(String front, int layer, BandConvolution shape) {
    float[] weights =
        vector(front, BandConvolutionParameters.WEIGHTS + layer); // [channels][weights]
    float[] gamma = vector(front, BandConvolutionParameters.GAMMA + layer);
    float[] beta = vector(front, BandConvolutionParameters.BETA + layer);
    float[] mean = vector(front, BandConvolutionParameters.MEAN + layer);
    float[] variance = vector(front, BandConvolutionParameters.VARIANCE + layer);
    float[] bias = new float[shape.channels()];
    for (int channel = 0; channel < bias.length; channel++) {
      double scale = gamma[channel] / Math.sqrt(variance[channel] + BandConvolutionLayer.EPSILON);
      for (int i = channel * shape.weights(); i < (channel + 1) * shape.weights(); i++) {
        weights[i] *= (float) scale;
      }
      bias[channel] = (float) (beta[channel] - mean[channel] * scale);
    }
    return new FloatConvolution(
        shape.inputChannels(),
        shape.inputBands(),
        shape.kernel(),
        shape.stride(),
        shape.taps(),
        shape.channels(),
        weights,
        bias);
  }

  private float[] vector(String front, String parameter) {
    INDArray array = graph.getParam(front + "_" + parameter);
    return array.dup('f').data().asFloat();
  }

  /** [columns][4*hidden] in DL4J's gate order to [4*hidden][columns] in ours. */
  private static float[] rows(INDArray matrix, int columns, int hidden) {
    float[] flat = matrix.dup('c').data().asFloat();
    float[] rows = new float[4 * hidden * columns];
    for (int block = 0; block < 4; block++) {
      for (int unit = 0; unit < hidden; unit++) {
        for (int column = 0; column < columns; column++) {
          rows[(block * hidden + unit) * columns + column] =
              flat[column * 4 * hidden + DL4J_BLOCKS[block] * hidden + unit];
        }
      }
    }
    return rows;
  }
}
