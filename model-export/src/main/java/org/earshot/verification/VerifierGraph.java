package org.earshot.verification;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.earshot.training.BandConvolutions;
import org.earshot.training.Example;
import org.earshot.training.SequenceGraph;
import org.earshot.training.Targets;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The verifier as a DL4J graph: {@code front}, convolutions and dense layers over each step's
 * frames; several of its steps joined to one; LSTM layers {@code forward} and {@code backward} side
 * by side; {@code heads}, a logistic output for each event and step.
 */
final class VerifierGraph {
  static final String FRONT = "front";
  static final String FORWARD = "forward";
  static final String BACKWARD = "backward";
  static final String HEADS = "heads";

  private VerifierGraph() {}

  static ComputationGraph create(VerifierOptions options) {
    int joined = options.joinedSteps() * options.frontOutputs();
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(options.seed())
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(options.learningRate()))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(1.0)
            .graphBuilder()
            .addInputs("frames")
            .addLayer(FRONT, BandConvolutions.of(options.front()), "frames")
            .addVertex(
                "joined",
                new ReshapeVertex('f', new int[] {-1, joined, options.steps()}, null),
                FRONT)
            .addVertex("turned", new ReverseTimeSeriesVertex(), "joined")
            .addLayer(FORWARD, lstm(joined, options), "joined")
            .addLayer(BACKWARD, lstm(joined, options), "turned")
            .addVertex("returned", new ReverseTimeSeriesVertex(), BACKWARD)
            .addVertex("hidden", new MergeVertex(), FORWARD, "returned")
            .addLayer(HEADS, heads(options), new RnnToFeedForwardPreProcessor(), "hidden")
            .setOutputs(HEADS)
            .build();
    ComputationGraph graph = new SequenceGraph(configuration);
    graph.init();
    return graph;
  }

  private static LSTM lstm(int inputs, VerifierOptions options) {
    return new LSTM.Builder()
        .nIn(inputs)
        .nOut(options.hiddenUnits())
        .activation(Activation.TANH)
        .dropOut(1 - options.dropout())
        .forgetGateBiasInit(1.0)
        .build();
  }

  private static OutputLayer heads(VerifierOptions options) {
    return new OutputLayer.Builder(
            new ClipCrossEntropy(options.steps(), Targets.COUNT, options.clipWeight()))
        .nIn(2 * options.hiddenUnits())
        .nOut(options.outputs())
        .activation(Activation.SIGMOID)
        .biasInit(-2.5)
        .dropOut(1 - options.dropout())
        .build();
  }

  /** Copies the convolutions of a trained device model, which have the same shape. */
  static void copyFront(ComputationGraph device, ComputationGraph verifier) {
    for (Map.Entry<String, INDArray> parameter : device.paramTable().entrySet()) {
      if (parameter.getKey().startsWith(FRONT + "_") && !parameter.getKey().contains("heads")) {
        verifier.getParam(parameter.getKey()).assign(parameter.getValue());
      }
    }
  }

  /**
   * Packs clips for the graph.
   *
   * @param inputs [batch] of [steps][inputs], int8
   * @return [batch][inputs of a front step][front steps]
   */
  static INDArray frames(List<byte[]> inputs, VerifierOptions options) {
    int batch = inputs.size();
    int length = inputs.get(0).length;
    int stepInputs = options.device().inputs();
    float[] x = new float[batch * length]; // [steps][inputs][batch], 'f' order
    float scale = options.device().inputScale();
    for (int i = 0; i < batch; i++) {
      byte[] clip = inputs.get(i);
      for (int at = 0; at < length; at++) {
        x[at * batch + i] = clip[at] * scale;
      }
    }
    return Nd4j.create(x, new long[] {batch, stepInputs, length / stepInputs}, 'f');
  }

  /** Packs examples with signed weights as labels; row {@code step * batch + i}. */
  static MultiDataSet pack(List<Example> examples, VerifierOptions options) {
    int batch = examples.size();
    int steps = options.steps();
    int rows = steps * batch;
    int outputs = options.outputs();
    float[] y = new float[rows * outputs]; // [outputs][rows]
    for (int i = 0; i < batch; i++) {
      Example example = examples.get(i);
      for (int step = 0; step < steps; step++) {
        for (int output = 0; output < outputs; output++) {
          int at = step * outputs + output;
          float weight = example.weights()[at] / steps;
          y[output * rows + step * batch + i] = example.targets()[at] == 1 ? weight : -weight;
        }
      }
    }
    INDArray features = frames(examples.stream().map(Example::inputs).toList(), options);
    INDArray labels = Nd4j.create(y, new long[] {rows, outputs}, 'f');
    return new MultiDataSet(new INDArray[] {features}, new INDArray[] {labels});
  }

  /**
   * Probabilities of clips: the linear softmax over each output's steps.
   *
   * @param frames [batch][inputs][front steps]
   * @return [batch][outputs]
   */
  static float[][] clipProbabilities(ComputationGraph graph, INDArray frames, int steps) {
    float[] p = graph.output(false, frames)[0].dup('f').data().asFloat(); // [outputs][steps][batch]
    int batch = (int) frames.size(0);
    int outputs = p.length / (batch * steps);
    float[][] clips = new float[batch][outputs];
    for (int output = 0; output < outputs; output++) {
      for (int i = 0; i < batch; i++) {
        double sum = 1e-6;
        double squares = 0;
        for (int step = 0; step < steps; step++) {
          double value = p[(output * steps + step) * batch + i];
          sum += value;
          squares += value * value;
        }
        clips[i][output] = (float) (squares / sum);
      }
    }
    return clips;
  }
}
