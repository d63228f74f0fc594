package org.earshot.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClipCrossEntropyTest {
  private static final int STEPS = 5;
  private static final int BATCH = 3;
  private static final int OUTPUTS = 4;
  private static final double WEIGHT = 0.7;

  private final ClipCrossEntropy loss = new ClipCrossEntropy(STEPS, 2, WEIGHT);
  private final INDArray labels = Nd4j.create(new long[] {STEPS * BATCH, OUTPUTS}, 'f');
  private final INDArray logits = Nd4j.create(new long[] {STEPS * BATCH, OUTPUTS}, 'f');

  @Test
  void theGradientIsTheSlopeOfTheScore() {
    fill();
    INDArray gradient = loss.computeGradient(labels, logits, new ActivationSigmoid(), null);
    float h = 1e-2f;
    for (int row = 0; row < STEPS * BATCH; row++) {
      for (int output = 0; output < OUTPUTS; output++) {
        float at = logits.getFloat(row, output);
        logits.putScalar(row, output, at + h);
        double above = score();
        logits.putScalar(row, output, at - h);
        double below = score();
        logits.putScalar(row, output, at);
        assertThat(gradient.getDouble(row, output))
            .isCloseTo((above - below) / (2 * h), within(2e-3));
      }
    }
  }

  @Test
  void aClipWithoutTheSoundCostsItsLinearSoftmax() {
    labels.assign(-0.1);
    logits.assign(-20); // no step costs anything
    double before = score();
    logits.putScalar(0 * BATCH + 1, 0, 0f); // one step of clip 1 at one half
    double step = 0.1 * Math.log(2);
    double clip = -WEIGHT * Math.log(1 - 0.5); // sum p^2 / sum p = 0.25 / 0.5
    assertThat(score() - before).isCloseTo(step + clip, within(1e-3));
    logits.putScalar(1, 0, -20f);
    logits.putScalar(1, 3, 0f); // an output without a clip's term
    assertThat(score() - before).isCloseTo(step, within(1e-3));
  }

  @Test
  void aClipWithTheSoundWeighsTwiceAndOneOfNoConcernNothing() {
    labels.assign(-0.1);
    logits.assign(-20);
    double before = score();
    labels.putScalar(2, 1, 0f); // clip 2, output 1: a step without weight
    assertThat(score()).isCloseTo(before, within(1e-3));
    labels.putScalar(2, 1, 0.1f);
    for (int step = 0; step < STEPS; step++) {
      logits.putScalar(step * BATCH + 2, 1, 0f);
    }
    double steps = STEPS * 0.1 * Math.log(2);
    double clip = -2 * WEIGHT * Math.log(0.5);
    assertThat(score() - before).isCloseTo(steps + clip, within(1e-3));
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

  private double score() {
    return loss.computeScore(labels, logits, new ActivationSigmoid(), null, false);
  }

  /** Clip 0 has the sound of output 0, clip 1 has none, clip 2 is of no concern to output 0. */
  private void fill() {
    Random random = new Random(5);
    for (int row = 0; row < STEPS * BATCH; row++) {
      for (int output = 0; output < OUTPUTS; output++) {
        boolean on = output == 0 ? row % BATCH == 0 && row < 6 : random.nextInt(4) == 0;
        boolean free = output == 0 && row % BATCH == 2 && row > 9;
        float weight = free ? 0 : 0.05f + random.nextFloat();
        labels.putScalar(row, output, on ? weight : -weight);
        logits.putScalar(row, output, (float) (1.5 * random.nextGaussian() - 1));
      }
    }
  }
}
