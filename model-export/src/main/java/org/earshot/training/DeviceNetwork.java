package org.earshot.training;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The device model as a DL4J graph: LSTM layers {@code lstm0}, {@code lstm1}, ..., and {@code
 * heads}, one logistic output an event over the hidden states of all layers together.
 */
final class DeviceNetwork {
  static final String HEADS = "heads";

  private DeviceNetwork() {}

  static String lstmName(int layer) {
    return "lstm" + layer;
  }

  static ComputationGraph create(TrainingOptions options) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(options.seed())
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(options.learningRate()))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(1.0)
            .graphBuilder()
            .addInputs("frames");
    String below = "frames";
    String[] layers = new String[options.layers()];
    for (int layer = 0; layer < options.layers(); layer++) {
      layers[layer] = lstmName(layer);
      LSTM.Builder lstm =
          new LSTM.Builder()
              .nIn(layer == 0 ? options.inputs() : options.hiddenUnits())
              .nOut(options.hiddenUnits())
              .activation(Activation.TANH)
              .forgetGateBiasInit(1.0);
      if (layer > 0) {
        lstm.dropOut(1 - options.dropout());
      }
      builder.addLayer(layers[layer], lstm.build(), below);
      below = layers[layer];
    }
    OutputLayer heads =
        new OutputLayer.Builder(new WeightedCrossEntropy())
            .nIn(options.layers() * options.hiddenUnits())
            .nOut(Targets.COUNT)
            .activation(Activation.SIGMOID)
            .biasInit(-1.5)
            .dropOut(1 - options.dropout())
            .build();
    builder
        .addVertex("hidden", new MergeVertex(), layers)
        .addLayer(HEADS, heads, new RnnToFeedForwardPreProcessor(), "hidden")
        .setOutputs(HEADS);
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    return network;
  }

  /**
   * Packs examples for the graph, with signed weights as labels ({@link WeightedCrossEntropy}).
   * Labels are rows, because DL4J's recurrent output layer refuses sequences longer than 127 steps;
   * row {@code step * batch + i} is step {@code step} of example i.
   */
  static MultiDataSet pack(List<Example> examples, int inputs, float inputScale) {
    int batch = examples.size();
    int steps = examples.get(0).inputs().length / inputs;
    float[] x = new float[batch * inputs * steps]; // [steps][inputs][batch], 'f' order
    int rows = steps * batch;
    float[] y = new float[rows * Targets.COUNT]; // [outputs][rows]
    for (int i = 0; i < batch; i++) {
      Example example = examples.get(i);
      for (int at = 0; at < steps * inputs; at++) {
        x[at * batch + i] = example.inputs()[at] * inputScale;
      }
      for (int step = 0; step < steps; step++) {
        for (int output = 0; output < Targets.COUNT; output++) {
          int to = output * rows + step * batch + i;
          int at = step * Targets.COUNT + output;
          float weight = example.weights()[at] / steps;
          y[to] = example.targets()[at] == 1 ? weight : -weight;
        }
      }
    }
    INDArray features = Nd4j.create(x, new long[] {batch, inputs, steps}, 'f');
    INDArray labels = Nd4j.create(y, new long[] {rows, Targets.COUNT}, 'f');
    return new MultiDataSet(new INDArray[] {features}, new INDArray[] {labels});
  }
}
