package org.earshot.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.earshot.fixture.Int8s;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
  private static final int[] SIZES = {1, 13, 64, 207};

  @Test
  void lanesEqualReferenceExactlyForRandomWeightsAndInputs() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      for (int rows : SIZES) {
        for (int columns : SIZES) {
          byte[] weights = Int8s.random(random, rows * columns);
          for (int zeros = 0; zeros <= 100; zeros += 25) {
            assertSame(
                weights, rows, columns, Int8s.sparse(random, columns, zeros), "seed " + seed);
          }
        }
      }
    }
  }

  @Test
  void lanesEqualReferenceExactlyAtTheExtremes() {
    for (int rows : SIZES) {
      for (int columns : new int[] {1, 2, 3, 4, 5, 13, 64, 207, MatrixKernel.MAX_COLUMNS}) {
        for (byte weight : new byte[] {-127, 127}) {
          for (byte x : new byte[] {-127, -1, 0, 1, 127}) {
            byte[] weights = new byte[rows * columns];
            byte[] input = new byte[columns];
            Arrays.fill(weights, weight);
            Arrays.fill(input, x);
            assertSame(weights, rows, columns, input, weight + " * " + x);
            float[] sums = new float[rows];
            Kernel.LANES.of(weights, rows, columns).multiply(input, new int[columns], sums);
            assertThat(sums).containsOnly((float) (weight * x * columns));
          }
        }
      }
    }
  }

  @Test
  void lanesStayExactWhereOneProductMovesTheLastBitOfTheLargestSum() {
    int columns = MatrixKernel.MAX_COLUMNS;
    byte[] weights = new byte[columns];
    byte[] input = new byte[columns];
    Arrays.fill(weights, (byte) 127);
    Arrays.fill(input, (byte) 127);
    weights[columns / 2] = 1;
    input[columns / 2] = 1;
    float[] sums = new float[1];
    Kernel.LANES.of(weights, 1, columns).multiply(input, new int[columns], sums);
    assertThat((int) sums[0]).isEqualTo(127 * 127 * (columns - 1) + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFERENCE", "LANES"})
  void multipliesASmallMatrixKnownByHand(Kernel kernel) {
    MatrixVector matrix = kernel.of(new byte[] {1, 2, 3, -4, 5, -6}, 2, 3);
    float[] sums = {99, 99, 99};
    matrix.multiply(new byte[] {10, 0, -1}, new int[3], sums);
    assertThat(sums).containsExactly(7, -34, 99);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFERENCE", "LANES"})
  void addsToTheFirstRowsWhatStandsAtAnOffset(Kernel kernel) {
    MatrixVector matrix = kernel.of(new byte[] {1, 2, 3, -4, 5, -6}, 2, 3);
    float[] sums = {100, 200, 99};
    matrix.add(new byte[] {55, 10, 0, -1, 66}, 1, new int[3], sums, 1);
    assertThat(sums).containsExactly(107, 200, 99);
    matrix.add(new byte[] {55, 10, 0, -1, 66}, 1, new int[3], sums, 2);
    assertThat(sums).containsExactly(114, 166, 99);
    matrix.add(new byte[] {55, 10, 0, -1, 66}, 2, new int[3], sums, 0);
    assertThat(sums).containsExactly(114, 166, 99);
  }

  @Test
  void lanesEqualReferenceExactlyAtOddOffsetsRowsAndExtremes() {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      for (int rows : SIZES) {
        for (int columns : SIZES) {
          byte[] weights = extremes(random, rows * columns);
          byte[] input = Int8s.sparse(random, 2 * columns + 7, 50);
          System.arraycopy(extremes(random, columns), 0, input, 3, columns);
          float[] reference = new float[rows + 1];
          float[] lanes = new float[rows + 1];
          for (int offset : new int[] {0, 1, 3, columns + 7}) {
            int count = random.nextInt(rows + 1);
            Kernel.REFERENCE
                .of(weights, rows, columns)
                .add(input, offset, new int[columns], reference, count);
            Kernel.LANES
                .of(weights, rows, columns)
                .add(input, offset, new int[columns + 5], lanes, count);
            assertThat(lanes)
                .as("seed %d, %d of %d x %d at %d", seed, count, rows, columns, offset)
                .containsExactly(reference);
          }
          assertThat(lanes[rows]).as("behind the rows").isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFERENCE", "LANES"})
  void refusesShapesThatDoNotFitAndTheWeightThatHasNoNegative(Kernel kernel) {
    assertThatThrownBy(() -> kernel.of(new byte[5], 2, 3)).hasMessageContaining("5 weights");
    assertThatThrownBy(() -> kernel.of(new byte[1041], 1, 1041)).hasMessageContaining("1041");
    assertThatThrownBy(() -> kernel.of(new byte[] {-128}, 1, 1)).hasMessageContaining("-128");
  }

  private static void assertSame(
      byte[] weights, int rows, int columns, byte[] input, String description) {
    float[] reference = new float[rows];
    float[] lanes = new float[rows];
    Kernel.REFERENCE.of(weights, rows, columns).multiply(input, new int[columns], reference);
    Kernel.LANES.of(weights, rows, columns).multiply(input, new int[columns], lanes);
    assertThat(lanes).as("%s, %d x %d", description, rows, columns).containsExactly(reference);
  }

  private static byte[] extremes(Random random, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (127 * (random.nextInt(3) - 1));
    }
    return bytes;
  }
}
