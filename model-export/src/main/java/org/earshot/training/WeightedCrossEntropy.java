package org.earshot.training;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

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
    INDArray posterior = activation.getActivation(preOutput.dup('f'), true);
    float[] p = floats(posterior); // [outputs][rows]
    float[] y = floats(labels.dup('f')); // [outputs][rows]
    int rows = (int) labels.size(0);
    double[] scores = new double[rows];
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 0) {
        float right = y[i] > 0 ? p[i] : 1 - p[i];
        scores[i % rows] -= Math.abs(y[i]) * Math.log(Math.max(right, SMALLEST));
      }
    }
    return Nd4j.create(scores, new long[] {rows, 1}, 'f').castTo(labels.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    // In plain loops: ND4J takes several passes and a cast for the signs.
    INDArray posterior = activation.getActivation(preOutput.dup(), true);
    float[] gradient = floats(posterior);
    float[] y = floats(labels.dup(posterior.ordering()));
    for (int i = 0; i < y.length; i++) {
      gradient[i] = (gradient[i] - (y[i] > 0 ? 1 : 0)) * Math.abs(y[i]);
    }
    Blas.pointer(posterior).put(gradient);
    return posterior;
  }

  /** Elements of an array without gaps, in its own order. */
  private static float[] floats(INDArray array) {
    float[] elements = new float[(int) array.length()];
    Blas.pointer(array).get(elements);
    return elements;
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
