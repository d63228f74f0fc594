package org.earshot.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantizerTest {
  @Test
  void roundsToTheNearestStepAndClampsSymmetrically() {
    float[] values = {0, 0.4f, 0.5f, -0.5f, -0.6f, 126.6f, 1e9f, -1e9f, Float.NaN};
    byte[] quantized = new byte[10];
    Quantizer.quantize(values, values.length, 1, quantized, 1);
    assertThat(quantized).containsExactly(0, 0, 0, 1, 0, -1, 127, 127, -127, 0);
  }

  @Test
  void neverGivesMinus128ForInfiniteValues() {
    byte[] quantized = new byte[2];
    float[] values = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    Quantizer.quantize(values, 2, 10, quantized, 0);
    assertThat(quantized).containsExactly(-127, 127);
  }

  @Test
  void roundsAsTheLibraryDoes() {
    for (int half = -2 * 1100; half <= 2 * 1100; half++) {
      float x = half / 2f;
      for (float near : new float[] {Math.nextDown(x), x, Math.nextUp(x)}) {
        assertThat(Quantizer.round(near)).as("%s", near).isEqualTo(Math.round(near));
      }
    }
    int stride = 997; // of all floats, NaN and the infinities among them
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += stride) {
      float x = Float.intBitsToFloat((int) bits);
      if (Quantizer.round(x) != Math.round(x)) {
        assertThat(Quantizer.round(x)).as("%s", x).isEqualTo(Math.round(x));
      }
    }
  }
}
