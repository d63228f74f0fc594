package org.earshot.verification;

import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Binary cross-entropy of every step, and of the whole clip beside it.
 *
 * <p>Labels are rows, row {@code step * batch + i} being step {@code step} of clip i; each is a
 * signed weight as in {@link org.earshot.training.WeightedCrossEntropy}. The probability of a clip
 * is the linear softmax of its steps' (Wang, Li and Metze, 2019): {@code sum p^2 / sum p}. A clip's
 * target is 1 where any of its steps is on, unknown where none is on but a step has no weight, else
 * 0; a clip that has the sound weighs twice one without.
 */
public final class ClipCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1;
  private static final double SMALLEST = 1e-6;
  private static final double POSITIVE_WEIGHT = 2;

  @JsonProperty private int steps;
  @JsonProperty private int clipOutputs;
  @JsonProperty private double clipWeight;

  /** For DL4J, which sets the fields. */
  ClipCrossEntropy() {}

  /**
   * A loss for clips of one length.
   *
   * @param steps of a clip
   * @param clipOutputs how many outputs, the first ones, have a probability for the clip
   * @param clipWeight of a clip's term for one output, against the steps' labels
   */
  ClipCrossEntropy(int steps, int clipOutputs, double clipWeight) {
    this.steps = steps;
    this.clipOutputs = clipOutputs;
    this.clipWeight = clipWeight;
  }

  /** One output's steps in one clip, of those in an array of all rows of the output. */
  private record Column(float[] p, float[] y, int first, int batch, int steps) {
    /** 1, 0, or -1 where it is not known. */
    int target() {
      int target = 0;
      for (int step = 0; step < steps; step++) {
        float label = y[first + step * batch];
        if (label > 0) {
          return 1;
        }
        target = label == 0 ? -1 : target;
      }
      return target;
    }

    double sum() {
      double sum = SMALLEST;
      for (int step = 0; step < steps; step++) {
        sum += p[first + step * batch];
      }
      return sum;
    }

    double squares() {
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        double value = p[first + step * batch];
        sum += value * value;
      }
      return sum;
    }
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    float[] p = floats(activation.getActivation(preOutput.dup('f'), true)); // [outputs][rows]
    float[] y = floats(labels.dup('f')); // [outputs][rows]
    int rows = (int) labels.size(0);
    double[] scores = new double[rows];
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 0) {
        float right = y[i] > 0 ? p[i] : 1 - p[i];
        scores[i % rows] -= Math.abs(y[i]) * Math.log(Math.max(right, SMALLEST));
      }
    }
    int batch = rows / steps;
    for (int output = 0; output < clipOutputs; output++) {
      for (int i = 0; i < batch; i++) {
        Column column = new Column(p, y, output * rows + i, batch, steps);
        int target = column.target();
        if (target >= 0) {
          double clip = column.squares() / column.sum();
          double right = target == 1 ? clip : 1 - clip;
          scores[i] -= weight(target) * Math.log(Math.max(right, SMALLEST));
        }
      }
    }
    return Nd4j.create(scores, new long[] {rows, 1}, 'f').castTo(labels.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray posterior = activation.getActivation(preOutput.dup('f'), true);
    float[] p = floats(posterior); // [outputs][rows]
    float[] y = floats(labels.dup('f'));
    float[] gradient = new float[p.length];
    for (int i = 0; i < y.length; i++) {
      gradient[i] = (p[i] - (y[i] > 0 ? 1 : 0)) * Math.abs(y[i]);
    }
    int rows = (int) labels.size(0);
    int batch = rows / steps;
    for (int output = 0; output < clipOutputs; output++) {
      for (int i = 0; i < batch; i++) {
        addClip(new Column(p, y, output * rows + i, batch, steps), gradient);
      }
    }
    pointer(posterior).put(gradient);
    return posterior;
  }

  /** With P = sum p^2 / sum p, dP/dp = (2 p - P) / sum p, and dp/dlogit = p (1 - p). */
  private void addClip(Column column, float[] gradient) {
    int target = column.target();
    if (target < 0) {
      return;
    }
    double sum = column.sum();
    double clip = column.squares() / sum;
    double slope = (clip - target) / Math.max(SMALLEST, clip * (1 - clip)) * weight(target);
    for (int step = 0; step < steps; step++) {
      int at = column.first() + step * column.batch();
      double p = column.p()[at];
      gradient[at] += (float) (slope * (2 * p - clip) / sum * p * (1 - p));
    }
  }

  private double weight(int target) {
    return target == 1 ? POSITIVE_WEIGHT * clipWeight : clipWeight;
  }

  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().pointer()).getPointer(array.offset());
  }

  /** Elements of an array without gaps, in its own order. */
  private static float[] floats(INDArray array) {
    float[] elements = new float[(int) array.length()];
    pointer(array).get(elements);
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
    return "ClipCrossEntropy(" + steps + ", " + clipOutputs + ", " + clipWeight + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClipCrossEntropy that
        && steps == that.steps
        && clipOutputs == that.clipOutputs
        && clipWeight == that.clipWeight;
  }

  @Override
  public int hashCode() {
    return Objects.hash(steps, clipOutputs, clipWeight);
  }
}
