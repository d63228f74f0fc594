package org.earshot.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.earshot.kernel.MatrixVector;

/**
 * Weights as shorts, in panels of as many rows as four vectors hold, input after input: sums stay
 * in registers while the inputs that are not zero pass by, two at a time.
 *
 * <p>The sum of two products, at most 2 * 127 * 127 = 32,258, fits a short. Read as ints, each lane
 * holds two such sums: {@code v >> 16} is the upper one; {@code v} itself, summed up, is the lower
 * ones plus 65,536 times the upper ones. So that the lower ones do not borrow from the upper,
 * 32,768 is added to each (by flipping its sign bit) and taken off the total. All of it is exact in
 * int32.
 *
 * <p>The Vector API has no multiply-add of bytes or shorts; loading, multiplying, adding and
 * widening take eight instructions for two inputs of as many rows as a vector has shorts. Methods
 * are long and call nothing of their own, since C2 makes an object of every vector that crosses a
 * call which it does not inline.
 */
final class VectorMatrixVector implements MatrixVector {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SHORTS.vectorShape());
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, SHORTS.vectorShape());

  /** Bits of a vector. */
  static final int BITS = SHORTS.vectorBitSize();

  /** Rows of a vector. */
  static final int ROWS = SHORTS.length();

  private static final int HALF = ROWS / 2;
  private static final int PANEL = 4 * ROWS;
  private static final int SIGN_OF_LOWER = 0x8000;

  private final short[] weights; // panels of [columns][PANEL], then of [columns][ROWS]
  private final int rows;
  private final int columns;
  private final int wideRows; // in panels of four vectors

  VectorMatrixVector(byte[] weights, int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    wideRows = rows / PANEL * PANEL;
    int vectors = (rows + ROWS - 1) / ROWS;
    this.weights = new short[vectors * ROWS * columns];
    for (int row = 0; row < rows; row++) {
      int height = row < wideRows ? PANEL : ROWS;
      int panel = row / height * height * columns;
      for (int column = 0; column < columns; column++) {
        this.weights[panel + column * height + lane(row % height)] =
            weights[row * columns + column];
      }
    }
  }

  /** The first half of a vector's rows lies in the lower shorts of its ints, the other above. */
  private static int lane(int row) {
    int inVector = row % ROWS;
    int lane = inVector < HALF ? 2 * inVector : 2 * (inVector - HALF) + 1;
    return row - inVector + lane;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Inputs that are not zero, one zero behind them, and a panel of products. */
  @Override
  public int scratchInts() {
    return columns + 1 + PANEL;
  }

  @Override
  public void add(byte[] input, int offset, int[] scratch, float[] sums, int count) {
    int used = gatherNonZero(input, offset, scratch);
    int spare = columns + 1;
    int row = 0;
    for (; row < wideRows && row + PANEL <= count; row += PANEL) {
      multiplyPanel(weights, row * columns, scratch, used, spare);
      addProducts(scratch, spare, sums, row, PANEL);
    }
    // What is left: the first vectors of a panel that holds more rows than are wanted, or the last
    // ones of the matrix.
    int height = row < wideRows ? PANEL : ROWS;
    int panel = row * columns;
    for (; row < count; row += ROWS) {
      multiplyVector(weights, panel, height, scratch, used, spare);
      addProducts(scratch, spare, sums, row, Math.min(ROWS, count - row));
      panel += height == PANEL ? ROWS : ROWS * columns;
    }
  }

  /** Packs column and value of each input that is not zero, and a zero after the last. */
  private int gatherNonZero(byte[] input, int offset, int[] nonZero) {
    int found = 0;
    for (int column = 0; column < columns; column++) {
      int x = input[offset + column];
      nonZero[found] = (column << 8) | (x & 0xff);
      found += (x | -x) >>> 31;
    }
    nonZero[found] = 0;
    return found;
  }

  /** Puts the products of four vectors of rows into {@code inputs} from {@code spare}. */
  private static void multiplyPanel(short[] w, int panel, int[] inputs, int used, int spare) {
    ShortVector flip = IntVector.broadcast(INTS, SIGN_OF_LOWER).reinterpretAsShorts();
    IntVector all0 = IntVector.zero(INTS);
    IntVector all1 = all0;
    IntVector all2 = all0;
    IntVector all3 = all0;
    IntVector upper0 = all0;
    IntVector upper1 = all0;
    IntVector upper2 = all0;
    IntVector upper3 = all0;
    for (int i = 0; i < used; i += 2) {
      int first = inputs[i];
      int second = inputs[i + 1];
      int a = panel + (first >> 8) * PANEL;
      int b = panel + (second >> 8) * PANEL;
      ShortVector x = ShortVector.broadcast(SHORTS, (byte) first);
      ShortVector y = ShortVector.broadcast(SHORTS, (byte) second);
      IntVector v =
          ShortVector.fromArray(SHORTS, w, a)
              .mul(x)
              .add(ShortVector.fromArray(SHORTS, w, b).mul(y))
              .lanewise(VectorOperators.XOR, flip)
              .reinterpretAsInts();
      all0 = all0.add(v);
      upper0 = upper0.add(v.lanewise(VectorOperators.ASHR, 16));
      v =
          ShortVector.fromArray(SHORTS, w, a + ROWS)
              .mul(x)
              .add(ShortVector.fromArray(SHORTS, w, b + ROWS).mul(y))
              .lanewise(VectorOperators.XOR, flip)
              .reinterpretAsInts();
      all1 = all1.add(v);
      upper1 = upper1.add(v.lanewise(VectorOperators.ASHR, 16));
      v =
          ShortVector.fromArray(SHORTS, w, a + 2 * ROWS)
              .mul(x)
              .add(ShortVector.fromArray(SHORTS, w, b + 2 * ROWS).mul(y))
              .lanewise(VectorOperators.XOR, flip)
              .reinterpretAsInts();
      all2 = all2.add(v);
      upper2 = upper2.add(v.lanewise(VectorOperators.ASHR, 16));
      v =
          ShortVector.fromArray(SHORTS, w, a + 3 * ROWS)
              .mul(x)
              .add(ShortVector.fromArray(SHORTS, w, b + 3 * ROWS).mul(y))
              .lanewise(VectorOperators.XOR, flip)
              .reinterpretAsInts();
      all3 = all3.add(v);
      upper3 = upper3.add(v.lanewise(VectorOperators.ASHR, 16));
    }
    int added = SIGN_OF_LOWER * ((used + 1) / 2);
    IntVector lower0 = all0.sub(upper0.lanewise(VectorOperators.LSHL, 16)).sub(added);
    IntVector lower1 = all1.sub(upper1.lanewise(VectorOperators.LSHL, 16)).sub(added);
    IntVector lower2 = all2.sub(upper2.lanewise(VectorOperators.LSHL, 16)).sub(added);
    IntVector lower3 = all3.sub(upper3.lanewise(VectorOperators.LSHL, 16)).sub(added);
    lower0.intoArray(inputs, spare);
    upper0.intoArray(inputs, spare + HALF);
    lower1.intoArray(inputs, spare + ROWS);
    upper1.intoArray(inputs, spare + ROWS + HALF);
    lower2.intoArray(inputs, spare + 2 * ROWS);
    upper2.intoArray(inputs, spare + 2 * ROWS + HALF);
    lower3.intoArray(inputs, spare + 3 * ROWS);
    upper3.intoArray(inputs, spare + 3 * ROWS + HALF);
  }

  /**
   * Puts the products of one vector of rows into {@code inputs} from {@code spare}.
   *
   * @param height from one input's weights to the next one's
   */
  private static void multiplyVector(
      short[] w, int panel, int height, int[] inputs, int used, int spare) {
    ShortVector flip = IntVector.broadcast(INTS, SIGN_OF_LOWER).reinterpretAsShorts();
    IntVector all = IntVector.zero(INTS);
    IntVector upper = all;
    for (int i = 0; i < used; i += 2) {
      int first = inputs[i];
      int second = inputs[i + 1];
      ShortVector x = ShortVector.broadcast(SHORTS, (byte) first);
      ShortVector y = ShortVector.broadcast(SHORTS, (byte) second);
      IntVector v =
          ShortVector.fromArray(SHORTS, w, panel + (first >> 8) * height)
              .mul(x)
              .add(ShortVector.fromArray(SHORTS, w, panel + (second >> 8) * height).mul(y))
              .lanewise(VectorOperators.XOR, flip)
              .reinterpretAsInts();
      all = all.add(v);
      upper = upper.add(v.lanewise(VectorOperators.ASHR, 16));
    }
    int added = SIGN_OF_LOWER * ((used + 1) / 2);
    all.sub(upper.lanewise(VectorOperators.LSHL, 16)).sub(added).intoArray(inputs, spare);
    upper.intoArray(inputs, spare + HALF);
  }

  /** Adds {@code products[from + i]} to {@code sums[row + i]}. */
  private static void addProducts(int[] products, int from, float[] sums, int row, int count) {
    int i = 0;
    for (; i <= count - HALF; i += HALF) {
      FloatVector.fromArray(FLOATS, sums, row + i)
          .add(IntVector.fromArray(INTS, products, from + i).convert(VectorOperators.I2F, 0))
          .intoArray(sums, row + i);
    }
    for (; i < count; i++) {
      sums[row + i] += products[from + i];
    }
  }
}
