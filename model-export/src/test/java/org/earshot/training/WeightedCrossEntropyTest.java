package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightedCrossEntropyTest {
  private static final int ROWS = 7;
  private static final int OUTPUTS = 3;

  private final WeightedCrossEntropy loss = new WeightedCrossEntropy();
  private final INDArray labels = Nd4j.create(new long[] {ROWS, OUTPUTS}, 'f');
  private final INDArray logits = Nd4j.create(new long[] {ROWS, OUTPUTS}, 'f');

  @Test
  void signsAreTargetsAndMagnitudesAreWeights() {
    fill();
    double expected = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int output = 0; output < OUTPUTS; output++) {
        double label = labels.getDouble(row, output);
        double posterior = posterior(row, output);
        expected -= Math.abs(label) * Math.log(label > 0 ? posterior : 1 - posterior);
      }
    }
    assertThat(loss.computeScore(labels, logits, new ActivationSigmoid(), null, false))
        .isCloseTo(expected, within(1e-5 * expected));
    assertThat(loss.computeScore(labels, logits, new ActivationSigmoid(), null, true))
        .isCloseTo(expected / ROWS, within(1e-5 * expected));
    INDArray gradient = loss.computeGradient(labels, logits, new ActivationSigmoid(), null);
    for (int row = 0; row < ROWS; row++) {
      for (int output = 0; output < OUTPUTS; output++) {
        double label = labels.getDouble(row, output);
        double slope = (posterior(row, output) - (label > 0 ? 1 : 0)) * Math.abs(label);
        assertThat(gradient.getDouble(row, output)).isCloseTo(slope, within(1e-6));
      }
    }
  }

  @Test
  void leavesLabelsAndLogitsAlone() {
    fill();
    INDArray labelsBefore = labels.dup();
    INDArray logitsBefore = logits.dup();
    loss.computeGradientAndScore(labels, logits, new ActivationSigmoid(), null, true);
    assertThat(labels).isEqualTo(labelsBefore);
    assertThat(logits).isEqualTo(logitsBefore);
  }

  private void fill() {
    Random random = new Random(11);
    for (int row = 0; row < ROWS; row++) {
      for (int output = 0; output < OUTPUTS; output++) {
        boolean weighty = row != 3; // one row has no weight at all
        labels.putScalar(row, output, weighty ? (float) random.nextGaussian() : 0);
        logits.putScalar(row, output, (float) (3 * random.nextGaussian()));
      }
    }
  }

  private double posterior(int row, int output) {
    return 1 / (1 + Math.exp(-logits.getDouble(row, output)));
  }
}
