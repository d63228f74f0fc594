package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BandConvolutionTest {
  @Test
  void expandsToTheDenseLayerThatItIsEqualTo() {
    BandConvolution convolution = new BandConvolution(2, 6, 1, 3, 2);
    assertThat(convolution.outputBands()).isEqualTo(2);
    float[] weights = {1, 2, 3, 4, 5, 6}; // [1][2][3]
    float[] first = {1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0, 0};
    float[] second = {0, 0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0};
    float[] both = new float[24];
    System.arraycopy(first, 0, both, 0, 12);
    System.arraycopy(second, 0, both, 12, 12);
    assertThat(convolution.expand(weights)).containsExactly(both);
  }

  @Test
  void refusesAKernelWiderThanItsInput() {
    assertThatThrownBy(() -> new BandConvolution(1, 4, 1, 5, 2)).hasMessageContaining("kernel");
  }
}
