package org.earshot.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void medianLiesBetweenTheTwoInTheMiddle() {
    assertThat(Samples.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Samples.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    assertThat(Samples.median(List.of())).isNaN();
  }

  @Test
  void ratiosArePairByPair() {
    List<Double> ratios = Samples.ratios(List.of(8.0, 9.0, 1.0), List.of(2.0, 3.0));
    assertThat(ratios).containsExactly(4.0, 3.0);
    assertThat(Samples.summary(ratios)).containsExactly(3, 3.5, 4);
  }

  @Test
  void aRatioIsMetFromItsSideOfTheBound() {
    Ratio most = Ratio.ALL.stream().filter(Ratio::atMost).findFirst().orElseThrow();
    assertThat(most.met(most.wanted())).isTrue();
    assertThat(most.met(most.wanted() + 0.01)).isFalse();
    Ratio least = Ratio.ALL.get(0);
    assertThat(least.met(least.wanted())).isTrue();
    assertThat(least.met(least.wanted() - 0.01)).isFalse();
  }
}
