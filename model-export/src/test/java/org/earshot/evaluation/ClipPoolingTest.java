package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClipPoolingTest {

  private static final float[] MOMENT = {0, 0, 0.9f, 0, 0};
  private static final float[] LASTING = {0.1f, 0.8f, 0.8f, 0.8f, 0.1f};

  @Test
  void maximumAsksForOneMoment() {
    assertThat(ClipPooling.MAXIMUM.of(MOMENT)).isEqualTo(0.9f);
    assertThat(ClipPooling.MAXIMUM.of(LASTING)).isEqualTo(0.8f);
  }

  @Test
  void linearSoftmaxWeighsEachScoreWithItself() {
    // (3 * 0.64 + 2 * 0.01) / (3 * 0.8 + 2 * 0.1)
    assertThat(ClipPooling.LINEAR_SOFTMAX.of(LASTING)).isEqualTo(0.746154f, within(1e-5f));
    assertThat(ClipPooling.LINEAR_SOFTMAX.of(MOMENT)).isEqualTo(0.9f, within(1e-6f));
  }

  @Test
  void nothingHeardIsZero() {
    for (ClipPooling pooling : ClipPooling.values()) {
      assertThat(pooling.of(new float[0])).isZero();
      assertThat(pooling.of(new float[3])).isZero();
    }
  }
}
