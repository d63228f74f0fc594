package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class DeviceNetworkTest {
  @Test
  void rowOfAPackedBatchIsStepTimesBatchPlusExample() {
    TrainingOptions options = TrainingFixtures.options(2);
    ComputationGraph graph = DeviceNetwork.create(options);
    int steps = options.steps();
    Random random = new Random(4);
    List<Example> examples = List.of(example(random, steps), example(random, steps));
    MultiDataSet both = DeviceNetwork.pack(examples, options);
    INDArray outputs = DeviceNetwork.posteriors(graph, both.getFeatures(0));
    for (int i = 0; i < 2; i++) {
      MultiDataSet single = DeviceNetwork.pack(List.of(examples.get(i), examples.get(i)), options);
      INDArray alone = DeviceNetwork.posteriors(graph, single.getFeatures(0));
      for (int step = 0; step < steps; step++) {
        int row = 2 * step + i;
        for (int output = 0; output < Targets.COUNT; output++) {
          assertThat(outputs.getFloat(row, output)).isEqualTo(alone.getFloat(2L * step, output));
          int at = step * Targets.COUNT + output;
          float sign = examples.get(i).targets()[at] == 1 ? 1 : -1;
          assertThat(both.getLabels(0).getFloat(row, output))
              .isEqualTo(sign * (examples.get(i).weights()[at] / steps));
        }
      }
    }
  }

  @Test
  void anUpdateTeachesTheRecurrentWeights() {
    TrainingOptions options = TrainingFixtures.options(2);
    ComputationGraph graph = DeviceNetwork.create(options);
    Random random = new Random(5);
    int steps = options.steps();
    MultiDataSet batch =
        DeviceNetwork.pack(
            List.of(example(random, steps), example(random, steps), example(random, steps)),
            options);
    for (int update = 0; update < 2; update++) { // the second has labels from the start
      INDArray before = graph.getParam("lstm0_RW").dup();
      graph.fit(batch);
      assertThat(graph.getParam("lstm0_RW").sub(before).amaxNumber().doubleValue())
          .as("change of recurrent weights in update %d", update)
          .isPositive();
      assertThat(graph.batchSize()).isEqualTo(3);
    }
    INDArray outputs = DeviceNetwork.posteriors(graph, batch.getFeatures(0)).dup();
    graph.getParam("lstm0_RW").muli(3);
    INDArray others = DeviceNetwork.posteriors(graph, batch.getFeatures(0));
    assertThat(others.sub(outputs).amaxNumber().doubleValue()).isPositive();
  }

  private static Example example(Random random, int steps) {
    byte[] inputs = new byte[steps * 192];
    random.nextBytes(inputs);
    byte[] targets = new byte[steps * Targets.COUNT];
    float[] weights = new float[targets.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (byte) random.nextInt(2);
      weights[i] = random.nextFloat();
    }
    return new Example(inputs, targets, weights);
  }
}
