package org.earshot.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.earshot.model.QuantizedMatrix;
import org.junit.jupiter.api.Test;

class WeightQuantizerTest {
  @Test
  void everyRowHasItsOwnScaleAndIsCloseToItsWeights() {
    Random random = new Random(2);
    int columns = 96;
    float[] weights = new float[3 * columns];
    for (int i = 0; i < weights.length; i++) {
      float size = i < columns ? 0.001f : i < 2 * columns ? 1 : 50;
      weights[i] = size * (float) random.nextGaussian();
    }
    QuantizedMatrix matrix = WeightQuantizer.quantize(weights, 3, columns);
    for (int row = 0; row < 3; row++) {
      double error = 0;
      double power = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        double difference = weights[i] - matrix.scales()[row] * matrix.weights()[i];
        error += difference * difference;
        power += weights[i] * weights[i];
      }
      assertThat(error / power).as("row %d", row).isLessThan(1e-4);
    }
  }

  @Test
  void aRowOfZerosStaysZero() {
    QuantizedMatrix matrix = WeightQuantizer.quantize(new float[4], 2, 2);
    assertThat(matrix.weights()).containsOnly(0);
    assertThat(matrix.scales()[0]).isPositive();
  }

  @Test
  void theLargestWeightOfEvenRowsUsesTheWholeRange() {
    float[] even = {-1, 1, -1, 1};
    QuantizedMatrix matrix = WeightQuantizer.quantize(even, 1, 4);
    assertThat(matrix.weights()[1] * matrix.scales()[0]).isCloseTo(1f, within(1e-6f));
  }
}
