package org.earshot.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.dataset.ClipTags;
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
    List<FloatConvolution> convolutions = new ArrayList<>();
    for (int i = 0; i < options.front().size(); i++) {
      convolutions.add(convolution(i, options.front().get(i)));
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
        convolutions,
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
    byte[] inputs = new ExampleEncoder(options, ClipTags.NONE).inputs(samples, steps);
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

  /** A convolution with the batch normalisation above it folded into its weights and bias. */
  private FloatConvolution convolution(int layer, BandConvolution shape) {
    float[] weights = vector(BandConvolutionParameters.WEIGHTS + layer); // [channels][weights]
    float[] gamma = vector(BandConvolutionParameters.GAMMA + layer);
    float[] beta = vector(BandConvolutionParameters.BETA + layer);
    float[] mean = vector(BandConvolutionParameters.MEAN + layer);
    float[] variance = vector(BandConvolutionParameters.VARIANCE + layer);
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

  private float[] vector(String parameter) {
    INDArray array = graph.getParam(DeviceNetwork.FRONT + "_" + parameter);
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
