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
 * The device model as a DL4J graph: {@code front}, convolutions and dense layers over each step's
 * stacked frames, LSTM layers {@code lstm0}, {@code lstm1}, ..., and {@code heads}, one logistic
 * output an event over the hidden states of all LSTM layers together.
 */
final class DeviceNetwork {
  static final String HEADS = "heads";

  /** All layers below the LSTM layers. */
  static final String FRONT = "front";

  /**
   * A second set of heads on the layers below the LSTM, in training only: gradients that need not
   * pass the gates of an LSTM teach those layers sooner (deep supervision, Lee et al., 2015).
   */
  static final String FRONT_HEADS = "front_heads";

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
    List<BandConvolution> layers = options.front();
    String below = "frames";
    int inputs = options.inputs();
    if (!layers.isEmpty()) {
      builder.addLayer(FRONT, BandConvolutions.of(layers), below);
      below = FRONT;
      inputs = layers.get(layers.size() - 1).outputs();
    }
    String[] lstms = new String[options.layers()];
    for (int layer = 0; layer < options.layers(); layer++) {
      lstms[layer] = lstmName(layer);
      LSTM.Builder lstm =
          new LSTM.Builder()
              .nIn(layer == 0 ? inputs : options.hiddenUnits())
              .nOut(options.hiddenUnits())
              .activation(Activation.TANH)
              .dropOut(1 - options.dropout())
              .forgetGateBiasInit(1.0);
      builder.addLayer(lstms[layer], lstm.build(), below);
      below = lstms[layer];
    }
    OutputLayer heads = heads(options.layers() * options.hiddenUnits(), options);
    builder
        .addVertex("hidden", new MergeVertex(), lstms)
        .addLayer(HEADS, heads, new RnnToFeedForwardPreProcessor(), "hidden");
    if (layers.isEmpty()) {
      builder.setOutputs(HEADS);
    } else {
      builder
          .addLayer(FRONT_HEADS, heads(inputs, options), new RnnToFeedForwardPreProcessor(), FRONT)
          .setOutputs(HEADS, FRONT_HEADS);
    }
    ComputationGraph network = new SequenceGraph(builder.build());
    network.init();
    return network;
  }

  private static OutputLayer heads(int inputs, TrainingOptions options) {
    return new OutputLayer.Builder(new WeightedCrossEntropy())
        .nIn(inputs)
        .nOut(options.outputs())
        .activation(Activation.SIGMOID)
        .biasInit(-1.5)
        .dropOut(1 - options.dropout())
        .build();
  }

  /**
   * Posteriors of the heads that ship, and of the auxiliary ones beside them.
   *
   * @param frames [batch][inputs][steps]
   * @return [steps * batch][outputs]
   */
  static INDArray posteriors(ComputationGraph network, INDArray frames) {
    return network.output(false, frames)[0];
  }

  /**
   * Packs what the network hears.
   *
   * @param inputs [batch] of [steps][inputs], int8
   * @return [batch][inputs][steps]
   */
  static INDArray frames(List<byte[]> inputs, TrainingOptions options) {
    int batch = inputs.size();
    int length = inputs.get(0).length;
    float[] x = new float[batch * length]; // [steps][inputs][batch], 'f' order
    float scale = options.inputScale();
    for (int i = 0; i < batch; i++) {
      byte[] example = inputs.get(i);
      for (int at = 0; at < length; at++) {
        x[at * batch + i] = example[at] * scale;
      }
    }
    return Nd4j.create(x, new long[] {batch, options.inputs(), length / options.inputs()}, 'f');
  }

  /**
   * Packs examples for the graph, with signed weights as labels ({@link WeightedCrossEntropy}).
   * Labels are rows, because DL4J's recurrent output layer refuses sequences longer than 127 steps;
   * row {@code step * batch + i} is step {@code step} of example i.
   */
  static MultiDataSet pack(List<Example> examples, TrainingOptions options) {
    int batch = examples.size();
    int steps = examples.get(0).inputs().length / options.inputs();
    int rows = steps * batch;
    int outputs = options.outputs();
    float[] y = new float[rows * outputs]; // [outputs][rows]
    for (int i = 0; i < batch; i++) {
      Example example = examples.get(i);
      for (int step = 0; step < steps; step++) {
        for (int output = 0; output < outputs; output++) {
          int to = output * rows + step * batch + i;
          int at = step * outputs + output;
          float weight = example.weights()[at] / steps;
          y[to] = example.targets()[at] == 1 ? weight : -weight;
        }
      }
    }
    INDArray features = frames(examples.stream().map(Example::inputs).toList(), options);
    INDArray labels = Nd4j.create(y, new long[] {rows, outputs}, 'f');
    INDArray[] labelSets =
        options.front().isEmpty()
            ? new INDArray[] {labels}
            : new INDArray[] {labels, labels}; // heads and front heads
    return new MultiDataSet(new INDArray[] {features}, labelSets);
  }
}
