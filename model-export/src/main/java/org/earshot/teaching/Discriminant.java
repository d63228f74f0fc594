package org.earshot.teaching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Linear discriminants between one sound and everything else (Fisher, 1936), with the covariance of
 * everything else, shrunk towards a multiple of the identity.
 *
 * <p>From a handful of examples there is a mean to learn and no more; how the states vary is learnt
 * from hours of other sounds. The scale of a logit is such that everything else has mean 0 and
 * deviation 1. Immutable. Source: docs/heads.md.
 */
final class Discriminant {
  private static final double SHRINKAGE = 0.03; // of the mean variance: docs/experiments.md
  private static final float SCALE = 1 / 127f;
  private static final int BLOCK = 4096; // rows that are multiplied at a time

  private final int inputs;
  private final RealVector mean; // [inputs] of everything else
  private final RealMatrix covariance; // [inputs][inputs] of everything else
  private final DecompositionSolver shrunk; // of the shrunk covariance

  /**
   * Learns what everything else is like.
   *
   * @param streams whose steps without the sound are taken
   */
  Discriminant(int inputs, List<TaughtStream> streams) {
    this.inputs = inputs;
    RealMatrix products = new Array2DRowRealMatrix(inputs, inputs);
    RealVector sum = new ArrayRealVector(inputs);
    int count =
        forBlocks(
            streams,
            StepWeights.NO,
            rows -> {
              INDArray product = rows.transpose().mmul(rows);
              products.setSubMatrix(products.add(matrix(product)).getData(), 0, 0);
              sum.setSubVector(0, sum.add(vector(rows.sum(0))));
            });
    if (count <= inputs) {
      throw new IllegalArgumentException("too little of everything else: " + count + " steps");
    }
    mean = sum.mapDivide(count);
    RealMatrix symmetric = products.add(products.transpose()); // rounding differs across it
    covariance = symmetric.scalarMultiply(0.5 / count).subtract(mean.outerProduct(mean));
    double variance = covariance.getTrace() / inputs;
    RealMatrix identity = MatrixUtils.createRealIdentityMatrix(inputs);
    shrunk =
        new CholeskyDecomposition(covariance.add(identity.scalarMultiply(SHRINKAGE * variance)))
            .getSolver();
  }

  private static RealMatrix matrix(INDArray square) {
    return new Array2DRowRealMatrix(square.toDoubleMatrix());
  }

  private static RealVector vector(INDArray row) {
    return new ArrayRealVector(row.toDoubleVector());
  }

  /** Gives away the steps of one kind, in rows of states in [-1, 1]; returns how many. */
  private int forBlocks(List<TaughtStream> streams, byte kind, Consumer<INDArray> action) {
    float[] values = new float[BLOCK * inputs];
    int filled = 0;
    int count = 0;
    for (TaughtStream stream : streams) {
      byte[] kinds = StepWeights.of(stream);
      for (int step = 0; step < kinds.length; step++) {
        if (kinds[step] != kind) {
          continue;
        }
        stream.track().copy(step, values, filled * inputs, SCALE);
        filled++;
        count++;
        if (filled == BLOCK) {
          action.accept(rows(values, filled));
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      action.accept(rows(values, filled));
    }
    return count;
  }

  private INDArray rows(float[] values, int count) {
    return Nd4j.create(Arrays.copyOf(values, count * inputs), new long[] {count, inputs});
  }

  /**
   * What each example of the sound is like: the mean over its steps, [inputs]; null for one that is
   * not heard in any stream.
   */
  List<RealVector> means(List<TaughtStream> streams, int examples) {
    List<RealVector> means = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      int number = example;
      List<TaughtStream> own = streams.stream().filter(s -> s.example() == number).toList();
      RealVector sum = new ArrayRealVector(inputs);
      int count =
          forBlocks(
              own, StepWeights.YES, rows -> sum.setSubVector(0, sum.add(vector(rows.sum(0)))));
      means.add(count == 0 ? null : sum.mapDivide(count));
    }
    return means;
  }

  /** The head of a sound whose examples have these means; every example weighs alike. */
  LinearHead head(List<RealVector> means) {
    RealVector sum = new ArrayRealVector(inputs);
    for (RealVector each : means) {
      sum = sum.add(each);
    }
    RealVector direction = shrunk.solve(sum.mapDivide(means.size()).subtract(mean));
    double deviation = Math.sqrt(covariance.preMultiply(direction).dotProduct(direction));
    RealVector scaled = direction.mapDivide(deviation);
    float[] weights = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      weights[i] = (float) scaled.getEntry(i);
    }
    return new LinearHead(weights, (float) -mean.dotProduct(scaled));
  }
}
