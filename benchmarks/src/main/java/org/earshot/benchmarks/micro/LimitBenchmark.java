package org.earshot.benchmarks.micro;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.kernel.vector.VectorKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What the machine can do at most, beside the kernels: one operation is one int8 multiply-add, or
 * one byte read.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LimitBenchmark {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, SHORTS.vectorBitSize() / 2)));
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int CACHED = 16_384; // bytes, within the first cache
  private static final int LARGE = 8_000_000; // longs, beyond the last cache of a small board
  private static final int ROWS = 512;
  private static final int COLUMNS = 128;
  private static final int MATRIX = ROWS * COLUMNS;

  private final byte[] cached = random(CACHED);
  private final long[] large = new long[LARGE];
  private final byte[] input = random(COLUMNS);
  private final float[] sums = new float[ROWS];
  private final MatrixVector lanes = Kernel.LANES.of(random(MATRIX), ROWS, COLUMNS);
  private final MatrixVector vector = new VectorKernel().of(random(MATRIX), ROWS, COLUMNS);
  private final int[] scratch = new int[Math.max(lanes.scratchInts(), vector.scratchInts())];

  private static byte[] random(int count) {
    Random random = new Random(1);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (1 + random.nextInt(127));
    }
    return bytes;
  }

  /**
   * Loads bytes, widens them to shorts, multiplies and adds, and nothing else: the least that an
   * int8 product costs in the Vector API. Sums wrap around, so it is of no use.
   */
  @Benchmark
  @OperationsPerInvocation(CACHED)
  public short multiplyAdd() {
    ShortVector x = ShortVector.broadcast(SHORTS, input[0]);
    ShortVector first = ShortVector.zero(SHORTS);
    ShortVector second = first;
    ShortVector third = first;
    ShortVector fourth = first;
    int step = SHORTS.length();
    for (int i = 0; i < CACHED; i += 4 * step) {
      first =
          first.add(
              ((ShortVector) ByteVector.fromArray(BYTES, cached, i).castShape(SHORTS, 0)).mul(x));
      second =
          second.add(
              ((ShortVector) ByteVector.fromArray(BYTES, cached, i + step).castShape(SHORTS, 0))
                  .mul(x));
      third =
          third.add(
              ((ShortVector) ByteVector.fromArray(BYTES, cached, i + 2 * step).castShape(SHORTS, 0))
                  .mul(x));
      fourth =
          fourth.add(
              ((ShortVector) ByteVector.fromArray(BYTES, cached, i + 3 * step).castShape(SHORTS, 0))
                  .mul(x));
    }
    return first.add(second).add(third).add(fourth).reduceLanes(VectorOperators.ADD);
  }

  /** Reads memory in order. */
  @Benchmark
  @OperationsPerInvocation(LARGE * Long.BYTES)
  public long read() {
    LongVector sum = LongVector.zero(LONGS);
    int step = LONGS.length();
    for (int i = 0; i <= LARGE - step; i += step) {
      sum = sum.add(LongVector.fromArray(LONGS, large, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** The plain kernel, 512 x 128, no input zero. */
  @Benchmark
  @OperationsPerInvocation(MATRIX)
  public float[] lanes() {
    lanes.multiply(input, scratch, sums);
    return sums;
  }

  /** The Vector API kernel, likewise. */
  @Benchmark
  @OperationsPerInvocation(MATRIX)
  public float[] vector() {
    vector.multiply(input, scratch, sums);
    return sums;
  }
}
