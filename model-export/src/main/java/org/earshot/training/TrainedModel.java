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
    GraphWeights weightsOf = new GraphWeights(graph);
    List<FloatConvolution> convolutions =
        weightsOf.convolutions(DeviceNetwork.FRONT, options.front());
    List<FloatLstm> layers = new ArrayList<>();
    for (int i = 0; i < options.layers(); i++) {
      layers.add(weightsOf.lstm(DeviceNetwork.lstmName(i)));
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
}
