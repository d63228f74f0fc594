package org.earshot.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.ServiceLoader;
import org.earshot.fixture.Int8s;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.KernelProvider;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.network.NetworkWeights;
import org.earshot.network.StreamingNetwork;
import org.junit.jupiter.api.Test;

class VectorKernelTest {
  private static final int[] ROWS = {
    1, 7, 8, 13, 16, 31, 32, 33, 48, 64, 65, 100, 144, 207, 288, 512
  };
  private static final int[] COLUMNS = {1, 2, 3, 13, 64, 207, MatrixKernel.MAX_COLUMNS};
  private static final MatrixKernel VECTOR = new VectorKernel();

  @Test
  void isFoundAsAServiceAndRunsHere() {
    KernelProvider provider = ServiceLoader.load(KernelProvider.class).findFirst().orElseThrow();
    assertThat(provider.obstacle()).isEmpty();
    assertThat(provider.kernel()).isInstanceOf(VectorKernel.class);
  }

  @Test
  void equalsTheReferenceExactlyForRandomAndSparseInputs() {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      for (int rows : ROWS) {
        for (int columns : COLUMNS) {
          byte[] weights = Int8s.random(random, rows * columns);
          for (int zeros = 0; zeros <= 100; zeros += 25) {
            assertSame(weights, rows, columns, Int8s.sparse(random, columns + 5, zeros), 3, rows);
          }
        }
      }
    }
  }

  @Test
  void equalsTheReferenceExactlyAtTheExtremes() {
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        for (byte weight : new byte[] {-127, 127}) {
          for (byte x : new byte[] {-127, -1, 0, 1, 127}) {
            byte[] weights = new byte[rows * columns];
            byte[] input = new byte[columns + 1];
            Arrays.fill(weights, weight);
            Arrays.fill(input, x);
            float[] sums = assertSame(weights, rows, columns, input, 1, rows);
            assertThat(sums).containsOnly(weight * x * columns + 1f);
          }
        }
      }
    }
  }

  @Test
  void equalsTheReferenceExactlyForEveryCountOfRows() {
    Random random = new Random(5);
    for (int rows : new int[] {16, 33, 144, 207}) {
      byte[] weights = Int8s.random(random, rows * 13);
      for (int count = 0; count <= rows; count++) {
        assertSame(weights, rows, 13, Int8s.sparse(random, 13, 30), 0, count);
      }
    }
  }

  @Test
  void refusesWhatNoKernelTakes() {
    assertThatThrownBy(() -> VECTOR.of(new byte[5], 2, 3)).hasMessageContaining("5 weights");
    assertThatThrownBy(() -> VECTOR.of(new byte[1041], 1, 1041)).hasMessageContaining("1041");
    assertThatThrownBy(() -> VECTOR.of(new byte[] {-128}, 1, 1)).hasMessageContaining("-128");
  }

  @Test
  void shippedNetworkGivesTheSamePosteriorsBitForBit() throws IOException {
    SoundModel model = ModelFile.read(Path.of("..", "models"));
    StreamingNetwork vector = new StreamingNetwork(NetworkWeights.of(model, VECTOR));
    StreamingNetwork reference = new StreamingNetwork(NetworkWeights.of(model, Kernel.REFERENCE));
    Random random = new Random(1);
    float[] features = new float[model.base().melBands()];
    float least = 1;
    float most = 0;
    for (int frame = 0; frame < 1_200; frame++) {
      for (int band = 0; band < features.length; band++) {
        features[band] = (float) (random.nextGaussian() * (1 + frame % 100 / 30));
      }
      assertThat(vector.accept(features)).isEqualTo(reference.accept(features));
      for (int head = 0; head < vector.heads(); head++) {
        float posterior = reference.posterior(head);
        assertThat(vector.posterior(head)).as("frame %d", frame).isEqualTo(posterior);
        least = Math.min(least, posterior);
        most = Math.max(most, posterior);
      }
    }
    assertThat(most - least).as("the posteriors move").isGreaterThan(0.2f);
  }

  /** Compares with a one in every sum before, and returns the sums. */
  private static float[] assertSame(
      byte[] weights, int rows, int columns, byte[] input, int offset, int count) {
    float[] expected = sums(Kernel.REFERENCE, weights, rows, columns, input, offset, count);
    float[] actual = sums(VECTOR, weights, rows, columns, input, offset, count);
    assertThat(actual).as("%d of %d x %d", count, rows, columns).containsExactly(expected);
    return actual;
  }

  private static float[] sums(
      MatrixKernel kernel,
      byte[] weights,
      int rows,
      int columns,
      byte[] input,
      int offset,
      int count) {
    MatrixVector matrix = kernel.of(weights, rows, columns);
    float[] sums = new float[rows];
    Arrays.fill(sums, 1);
    matrix.add(input, offset, new int[matrix.scratchInts()], sums, count);
    return sums;
  }
}
