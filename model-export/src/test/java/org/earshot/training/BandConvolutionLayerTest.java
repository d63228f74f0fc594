package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

class BandConvolutionLayerTest {
  /** Overlapping kernels, bands left over, steps before the first, and a layer over all. */
  private static final List<BandConvolution> LAYERS =
      List.of(
          new BandConvolution(3, 11, 4, 4, 2, 3),
          new BandConvolution(4, 4, 5, 2, 1, 2),
          BandConvolution.dense(5, 3, 6));

  private static final int BATCH = 5;
  private static final int STEPS = 7;
  private static final int INPUTS = 33;

  @Test
  void givesWhatItsDefinitionSays() {
    ComputationGraph graph = network(1);
    INDArray x = Nd4j.randn('f', BATCH, INPUTS, STEPS);
    INDArray y = labels();
    for (int i = 0; i < 3; i++) { // moves the running means and variances
      graph.fit(new MultiDataSet(x, y));
    }
    INDArray output = graph.feedForward(x, false).get("front");
    for (int example = 0; example < BATCH; example++) {
      float[][] below = new float[STEPS][INPUTS];
      for (int step = 0; step < STEPS; step++) {
        for (int band = 0; band < 11; band++) {
          for (int frame = 0; frame < 3; frame++) {
            below[step][band * 3 + frame] = x.getFloat(example, frame * 11 + band, step);
          }
        }
      }
      for (int layer = 0; layer < LAYERS.size(); layer++) {
        below = direct(graph, layer, below);
      }
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < below[step].length; i++) {
          assertThat(output.getFloat(example, i, step)).isCloseTo(below[step][i], within(1e-4f));
        }
      }
    }
  }

  private static float[][] direct(ComputationGraph graph, int layer, float[][] below) {
    BandConvolution shape = LAYERS.get(layer);
    INDArray weights = graph.getParam("front_W" + layer);
    float[][] above = new float[STEPS][shape.outputs()];
    for (int step = 0; step < STEPS; step++) {
      for (int at = 0; at < shape.outputs(); at++) {
        int band = at / shape.channels();
        int channel = at % shape.channels();
        double sum = 0;
        for (int tap = 0; tap < shape.taps(); tap++) {
          int from = step - (shape.taps() - 1 - tap);
          for (int i = 0; from >= 0 && i < shape.patch(); i++) {
            float value = below[from][band * shape.stride() * shape.inputChannels() + i];
            sum += weights.getFloat(tap * shape.patch() + i, channel) * value;
          }
        }
        double deviation = Math.sqrt(parameter(graph, "variance", layer, channel) + 1e-5);
        double norm = (sum - parameter(graph, "mean", layer, channel)) / deviation;
        above[step][at] =
            (float)
                Math.max(
                    0,
                    parameter(graph, "gamma", layer, channel) * norm
                        + parameter(graph, "beta", layer, channel));
      }
    }
    return above;
  }

  private static double parameter(ComputationGraph graph, String name, int layer, int channel) {
    return graph.getParam("front_" + name + layer).getFloat(channel);
  }

  @Test
  void gradientIsTheSlopeOfTheLoss() {
    ComputationGraph graph = network(2);
    INDArray x = Nd4j.randn('f', BATCH, INPUTS, STEPS);
    MultiDataSet data = new MultiDataSet(x, labels());
    graph.setInput(0, x);
    graph.setLabel(0, data.getLabels(0));
    graph.computeGradientAndScore();
    INDArray gradient = graph.gradient().gradient().dup();
    double steepest = 0;
    ComputationGraph direction = network(2);
    List<String> keys = List.of("W0", "gamma0", "beta0", "W1", "beta1", "W2", "gamma2");
    Random random = new Random(9);
    for (int trial = 0; trial < 28; trial++) {
      direction.params().assign(0);
      INDArray moved = direction.getParam("front_" + keys.get(trial % keys.size()));
      for (long i = 0; i < moved.length(); i++) {
        moved.putScalar(i, random.nextGaussian());
      }
      moved.divi(moved.norm2Number());
      INDArray way = direction.params();
      double expected = gradient.mul(way).sumNumber().doubleValue() / (BATCH * STEPS);
      double step = 2e-3;
      double slope = (loss(graph, way, step) - loss(graph, way, -step)) / (2 * step);
      assertThat(slope)
          .as("trial %d", trial)
          .isCloseTo(expected, within(0.03 * Math.abs(expected) + 1e-3));
      steepest = Math.max(steepest, Math.abs(expected));
    }
    assertThat(steepest).isGreaterThan(0.05);
  }

  private static double loss(ComputationGraph graph, INDArray direction, double step) {
    INDArray before = graph.params().dup();
    graph.params().addi(direction.mul(step));
    graph.computeGradientAndScore();
    double loss = graph.score();
    graph.params().assign(before);
    return loss;
  }

  @Test
  void threadsAndFilesChangeNothing(@TempDir Path folder) throws Exception {
    ComputationGraph alone = network(3);
    ComputationGraph shared = network(3);
    INDArray x = Nd4j.randn('f', BATCH, INPUTS, STEPS);
    INDArray y = labels();
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      BandConvolutionLayer.install(shared, executor, 3);
      for (int i = 0; i < 4; i++) {
        alone.fit(new MultiDataSet(x, y));
        shared.fit(new MultiDataSet(x, y));
      }
      assertThat(shared.params().sub(alone.params()).amaxNumber().doubleValue()).isLessThan(1e-5);
      Path file = folder.resolve("graph.zip");
      ModelSerializer.writeModel(shared, file.toFile(), true);
      ComputationGraph read = ModelSerializer.restoreComputationGraph(file.toFile());
      assertThat(read.outputSingle(x)).isEqualTo(shared.outputSingle(x));
    } finally {
      executor.shutdownNow();
    }
  }

  private static INDArray labels() {
    return Nd4j.rand(BATCH * STEPS, 2).gt(0.6).castTo(Nd4j.defaultFloatingPointType());
  }

  private static ComputationGraph network(int seed) {
    Nd4j.getRandom().setSeed(seed);
    ComputationGraph graph =
        new SequenceGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("x")
                .addLayer("front", BandConvolutions.of(LAYERS), "x")
                .addLayer(
                    "y",
                    new OutputLayer.Builder(new LossBinaryXENT())
                        .activation(Activation.SIGMOID)
                        .nIn(6)
                        .nOut(2)
                        .build(),
                    new RnnToFeedForwardPreProcessor(),
                    "front")
                .setOutputs("y")
                .build());
    graph.init();
    return graph;
  }
}
