package org.earshot.training;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Binary cross-entropy of logistic outputs in which each label carries its own weight: the sign is
 * the target (positive for on), the magnitude is the weight, 0 is neither right nor wrong.
 *
 * <p>DL4J's masks serve for 0 and 1 only: for per-output masks its own loss multiplies the gradient
 * by them twice.
 */
public final class WeightedCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1;
  private static final double SMALLEST = 1e-7;

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray on = labels.gt(0).castTo(labels.dataType());
    INDArray posterior = activation.getActivation(preOutput.dup(), true);
    INDArray right = posterior.mul(on).addi(posterior.rsub(1).muli(on.rsub(1)));
    return Transforms.log(Transforms.max(right, SMALLEST, false), false)
        .muli(Transforms.abs(labels, true))
        .negi()
        .sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray on = labels.gt(0).castTo(labels.dataType());
    INDArray posterior = activation.getActivation(preOutput.dup(), true);
    return posterior.subi(on).muli(Transforms.abs(labels, true));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return toString();
  }

  @Override
  public String toString() {
    return "WeightedCrossEntropy()";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightedCrossEntropy;
  }

  @Override
  public int hashCode() {
    return WeightedCrossEntropy.class.hashCode();
  }
}
