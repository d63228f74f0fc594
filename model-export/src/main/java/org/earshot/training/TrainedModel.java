package org.earshot.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.model.EventLabels;
import org.earshot.quantize.FloatConvolution;
import org.earshot.quantize.FloatLstm;
import org.earshot.quantize.FloatModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The best network of a training run, as DL4J holds it. Not thread-safe. */
public final class TrainedModel {
  /** DL4J's gate blocks (candidate, forget, output, input) in our order. */
  private static final int[] DL4J_BLOCKS = {3, 1, 0, 2};

  private final ComputationGraph graph;
  private final RunState state;

  private TrainedModel(ComputationGraph graph, RunState state) {
    this.graph = graph;
    this.state = state;
  }

  /**
   * Reads the best network of a run.
   *
   * @throws IOException if the folder holds no finished validation
   */
  public static TrainedModel read(Path run) throws IOException {
    if (!Files.isRegularFile(run.resolve("best.zip"))) {
      throw new IOException(run + ": no best.zip here; 'train --run " + run + "' makes it");
    }
    RunState state =
        new ObjectMapper().readValue(run.resolve("state.json").toFile(), RunState.class);
    return new TrainedModel(SequenceGraph.read(run.resolve("best.zip"), false), state);
  }

  /** How the run went. */
  public RunState state() {
    return state;
  }

  /** The weights in our own order, without the auxiliary head. */
  public FloatModel toFloatModel() {
    TrainingOptions options = state.options;
    List<FloatConvolution> dense = new ArrayList<>();
    for (int i = 0; i < options.channels().size(); i++) {
      dense.add(convolution(i));
    }
    for (int i = 0; i < options.denseUnits().size(); i++) {
      dense.add(dense(i));
    }
    if (!dense.isEmpty()) {
      dense.set(0, bandMajor(dense.get(0), options.stackFrames()));
    }
    List<FloatLstm> layers = new ArrayList<>();
    for (int i = 0; i < options.layers(); i++) {
      String name = DeviceNetwork.lstmName(i);
      INDArray input = graph.getParam(name + "_W"); // [inputs][4*hidden]
      INDArray recurrent = graph.getParam(name + "_RW"); // [hidden][4*hidden]
      INDArray bias = graph.getParam(name + "_b"); // [1][4*hidden]
      int inputs = (int) input.size(0);
      int hidden = (int) recurrent.size(0);
      layers.add(
          new FloatLstm(
              inputs,
              hidden,
              rows(input, inputs, hidden),
              rows(recurrent, hidden, hidden),
              rows(bias.reshape(1, 4L * hidden), 1, hidden)));
    }
    INDArray heads = graph.getParam(DeviceNetwork.HEADS + "_W"); // [all hidden][outputs]
    INDArray headBias = graph.getParam(DeviceNetwork.HEADS + "_b"); // [outputs]
    int events = EventLabels.STANDARD.size();
    int units = (int) heads.size(0);
    float[] weights = new float[events * units];
    float[] bias = new float[events];
    for (int event = 0; event < events; event++) {
      for (int i = 0; i < units; i++) {
        weights[event * units + i] = heads.getFloat(i, event);
      }
      bias[event] = headBias.getFloat(event);
    }
    return new FloatModel(
        options.features(),
        options.stackFrames(),
        options.inputScale(),
        dense,
        layers,
        EventLabels.STANDARD,
        weights,
        bias);
  }

  /**
   * DL4J's own posteriors for a stream.
   *
   * @param samples 16 kHz mono
   * @return [steps][events]
   */
  public float[][] posteriors(float[] samples) {
    TrainingOptions options = state.options;
    int steps = options.steps(samples.length);
    byte[] inputs = new ExampleEncoder(options).inputs(samples, steps);
    INDArray input = DeviceNetwork.frames(List.of(inputs), options);
    INDArray output = DeviceNetwork.posteriors(graph, input); // [steps][outputs]
    float[][] result = new float[steps][EventLabels.STANDARD.size()];
    for (int step = 0; step < steps; step++) {
      for (int event = 0; event < result[step].length; event++) {
        result[step][event] = output.getFloat(step, event);
      }
    }
    return result;
  }

  private FloatConvolution convolution(int layer) {
    BandConvolution shape = state.options.convolutions().get(layer);
    String name = DeviceNetwork.convolutionName(layer);
    float[] bias = new float[shape.outputs()];
    float[] perChannel = vector(name + "_b");
    for (int row = 0; row < bias.length; row++) {
      bias[row] = perChannel[row / shape.outputBands()];
    }
    float[] weights = shape.expand(vector(name + "_W")); // [channels][inputChannels][kernel][1]
    return folded(name, shape.outputBands(), shape.inputs(), weights, bias);
  }

  /** Columns in the order [frame][band] to the order [band][frame]. */
  private static FloatConvolution bandMajor(FloatConvolution layer, int frames) {
    int bands = layer.inputs() / frames;
    float[] weights = new float[layer.weights().length];
    for (int i = 0; i < weights.length; i++) {
      int row = i / layer.inputs();
      int column = i % layer.inputs();
      int to = column % bands * frames + column / bands;
      weights[row * layer.inputs() + to] = layer.weights()[i];
    }
    return new FloatConvolution(
        layer.inputs(), 1, 1, 1, 1, layer.outputChannels(), weights, layer.bias());
  }

  private FloatConvolution dense(int layer) {
    String name = DeviceNetwork.denseName(layer);
    INDArray columns = graph.getParam(name + "_W"); // [inputs][outputs]
    float[] weights = columns.transpose().dup('c').data().asFloat(); // [outputs][inputs]
    return folded(name, 1, (int) columns.size(0), weights, vector(name + "_b"));
  }

  /**
   * Folds the batch normalisation above a layer into its weights and bias, which it changes.
   *
   * @param rowsPerChannel rows of the weights that share one mean and variance
   */
  private FloatConvolution folded(
      String layer, int rowsPerChannel, int inputs, float[] weights, float[] bias) {
    String norm = DeviceNetwork.normName(layer);
    float[] gamma = vector(norm + "_gamma");
    float[] beta = vector(norm + "_beta");
    float[] mean = vector(norm + "_mean");
    float[] variance = variance(norm);
    for (int row = 0; row < bias.length; row++) {
      int channel = row / rowsPerChannel;
      double scale = gamma[channel] / Math.sqrt(variance[channel] + DeviceNetwork.NORM_EPSILON);
      for (int i = 0; i < inputs; i++) {
        weights[row * inputs + i] *= (float) scale;
      }
      bias[row] = (float) ((bias[row] - mean[channel]) * scale + beta[channel]);
    }
    return new FloatConvolution(inputs, 1, 1, 1, 1, bias.length, weights, bias);
  }

  /** DL4J keeps the logarithm to base 10 of the standard deviation. */
  private float[] variance(String norm) {
    float[] logarithms = vector(norm + "_log10stdev");
    float[] variance = new float[logarithms.length];
    for (int i = 0; i < variance.length; i++) {
      variance[i] = (float) Math.pow(10, 2 * logarithms[i]);
    }
    return variance;
  }

  private float[] vector(String parameter) {
    return graph.getParam(parameter).dup('c').data().asFloat();
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
