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
}
