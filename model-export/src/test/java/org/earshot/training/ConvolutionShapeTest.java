package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionShapeTest {
  @Test
  void readsWhatItWrites() {
    ConvolutionShape shape = new ConvolutionShape(32, 8, 2, 3);
    assertThat(ConvolutionShape.parse(shape.toString())).isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "32", "32:8:2", "32:8:2:1:1", "32:8:2:x", "32:0:2:1", "-1:8:2:1"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvolutionShape.parse(text))
        .withMessageContaining("'" + text + "' is not CHANNELS:KERNEL:STRIDE:TAPS");
  }

  @Test
  void eachLayerReadsTheOneBelow() {
    List<BandConvolution> front = TrainingOptions.standard().front();
    for (int layer = 1; layer < front.size(); layer++) {
      assertThat(front.get(layer).inputs()).isEqualTo(front.get(layer - 1).outputs());
    }
    assertThat(front.get(0).inputs()).isEqualTo(TrainingOptions.standard().inputs());
    assertThat(front.get(front.size() - 1).outputBands()).isEqualTo(1);
  }

  @Test
  void refusesAKernelWiderThanItsBands() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BandConvolution(6, 4, 8, 5, 1, 1))
        .withMessageContaining("a kernel of 5 bands over 4");
  }
}
