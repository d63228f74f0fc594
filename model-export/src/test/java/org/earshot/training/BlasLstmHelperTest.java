package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

class BlasLstmHelperTest {
  @ParameterizedTest
  @CsvSource({"8, 12, 7, 20, 2", "9, 5, 13, 150, 1", "5, 6, 4, 3, 4"})
  void givesTheOutputsAndGradientsOfTheBuiltInLoop(
      int batch, int inputs, int hidden, int steps, int threads) {
    Nd4j.getRandom().setSeed(3);
    ComputationGraph builtIn = network(inputs, hidden);
    ComputationGraph helped = network(inputs, hidden);
    helped.setParams(builtIn.params().dup());
    INDArray x = Nd4j.randn('f', batch, inputs, steps);
    INDArray y = Nd4j.rand(batch * steps, 3).gt(0.8).castTo(x.dataType());
    INDArray weights = Nd4j.rand(batch * steps, 3);
    MultiDataSet data =
        new MultiDataSet(new INDArray[] {x}, new INDArray[] {y}, null, new INDArray[] {weights});
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      BlasLstmHelper.install(helped, executor, threads);
      for (int i = 0; i < 3; i++) {
        builtIn.fit(data);
        helped.fit(data);
        INDArray expected = builtIn.gradient().gradient();
        INDArray actual = helped.gradient().gradient();
        assertThat(actual.sub(expected).amaxNumber().doubleValue())
            .as("gradient of update %d", i)
            .isLessThan(1e-5 * expected.amaxNumber().doubleValue() + 1e-9);
      }
      assertThat(helped.outputSingle(x).sub(builtIn.outputSingle(x)).amaxNumber().doubleValue())
          .isLessThan(1e-5);
      assertThat(builtIn.gradient().gradient().amaxNumber().doubleValue()).isGreaterThan(1e-4);
    } finally {
      executor.shutdownNow();
    }
  }

  private static ComputationGraph network(int inputs, int hidden) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("x")
                .addLayer("a", lstm(inputs, hidden), "x")
                .addLayer("b", lstm(hidden, hidden), "a")
                .addVertex("ab", new MergeVertex(), "a", "b")
                .addLayer(
                    "y",
                    new OutputLayer.Builder(new LossBinaryXENT())
                        .activation(Activation.SIGMOID)
                        .nIn(2 * hidden)
                        .nOut(3)
                        .build(),
                    new RnnToFeedForwardPreProcessor(),
                    "ab")
                .setOutputs("y")
                .build());
    graph.init();
    return graph;
  }

  private static LSTM lstm(int inputs, int hidden) {
    return new LSTM.Builder().nIn(inputs).nOut(hidden).activation(Activation.TANH).build();
  }
}
