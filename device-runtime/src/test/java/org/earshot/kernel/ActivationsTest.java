package org.earshot.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationsTest {
  /** Every float of magnitude 2^-12 to 32, both signs, in steps of this many neighbours. */
  private static final int STRIDE = 61;

  @Test
  void sigmoidStaysWithinItsErrorBound() {
    double worst = 0;
    for (float x : new Sweep()) {
      worst = Math.max(worst, Math.abs(Activations.sigmoid(x) - 1 / (1 + StrictMath.exp(-x))));
    }
    assertThat(worst).isLessThan(Activations.SIGMOID_ERROR).isGreaterThan(1e-8);
  }

  @Test
  void tanhStaysWithinItsErrorBound() {
    double worst = 0;
    for (float x : new Sweep()) {
      worst = Math.max(worst, Math.abs(Activations.tanh(x) - StrictMath.tanh(x)));
    }
    assertThat(worst).isLessThan(Activations.TANH_ERROR).isGreaterThan(1e-8);
  }

  @Test
  void bothNeverFallWhereTheirArgumentRises() {
    float sigmoid = 0;
    float tanh = -1;
    for (float x : new Sweep()) {
      float nextSigmoid = Activations.sigmoid(x);
      float nextTanh = Activations.tanh(x);
      if (!(nextSigmoid >= sigmoid && nextTanh >= tanh)) {
        assertThat(nextSigmoid).as("sigmoid(%s)", x).isGreaterThanOrEqualTo(sigmoid);
        assertThat(nextTanh).as("tanh(%s)", x).isGreaterThanOrEqualTo(tanh);
      }
      sigmoid = nextSigmoid;
      tanh = nextTanh;
    }
  }

  @Test
  void bothNeverFallAcrossAnyKnot() {
    for (int k = -20 * 128; k <= 20 * 128; k++) {
      float knot = k / 128f;
      float below = Math.nextDown(knot);
      float above = Math.nextUp(knot);
      assertThat(Activations.sigmoid(below)).isLessThanOrEqualTo(Activations.sigmoid(knot));
      assertThat(Activations.sigmoid(knot)).isLessThanOrEqualTo(Activations.sigmoid(above));
      assertThat(Activations.tanh(below)).isLessThanOrEqualTo(Activations.tanh(knot));
      assertThat(Activations.tanh(knot)).isLessThanOrEqualTo(Activations.tanh(above));
    }
  }

  @Test
  void knowsTheEndsTheMiddleAndNotANumber() {
    assertThat(Activations.sigmoid(0)).isEqualTo(0.5f);
    assertThat(Activations.sigmoid(1e30f)).isEqualTo(1);
    assertThat(Activations.sigmoid(-1e30f)).isEqualTo(0);
    assertThat(Activations.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(Activations.tanh(0)).isEqualTo(0);
    assertThat(Activations.tanh(1)).isCloseTo(0.7615942f, within(1e-6f));
    assertThat(Activations.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Activations.tanh(-1e30f)).isEqualTo(-1);
    assertThat(Activations.sigmoid(Float.NaN)).isNaN();
    assertThat(Activations.tanh(Float.NaN)).isNaN();
  }

  /** Floats in rising order from -32 to 32. */
  private static final class Sweep implements Iterable<Float> {
    @Override
    public java.util.Iterator<Float> iterator() {
      int first = Float.floatToIntBits(0x1p-12f);
      int last = Float.floatToIntBits(32f);
      int count = (last - first) / STRIDE;
      return java.util.stream.IntStream.rangeClosed(-count, count)
          .mapToObj(
              i -> {
                float magnitude = Float.intBitsToFloat(first + Math.abs(i) * STRIDE);
                return i == 0 ? 0f : Math.copySign(magnitude, i);
              })
          .iterator();
    }
  }
}
