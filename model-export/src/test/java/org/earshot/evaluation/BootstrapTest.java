package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void isTheSameForTheSameSeed() {
    AlertScore[] streams = streams(40, 25);

    assertThat(new Bootstrap(200, 3).ofAlerts(streams, AlertScore::recall))
        .isEqualTo(new Bootstrap(200, 3).ofAlerts(streams, AlertScore::recall))
        .isNotEqualTo(new Bootstrap(200, 4).ofAlerts(streams, AlertScore::recall));
  }

  @Test
  void comesNearTheNormalIntervalOfAShare() {
    // 1000 streams of one event each, 600 found: 0.6 +/- 1.96 sqrt(0.6 * 0.4 / 1000) = 0.6 +/-
    // 0.0304
    Interval interval = new Bootstrap(4000, 1).ofAlerts(streams(1000, 600), AlertScore::recall);

    assertThat(interval.low()).isCloseTo(0.6 - 0.0304, within(0.004));
    assertThat(interval.high()).isCloseTo(0.6 + 0.0304, within(0.004));
  }

  @Test
  void hasNoWidthWhenAllStreamsAreAlike() {
    assertThat(new Bootstrap(50, 1).ofAlerts(streams(10, 10), AlertScore::f1))
        .isEqualTo(new Interval(1, 1));
  }

  @Test
  void drawsAsManyStreamsAsThereAre() {
    new Bootstrap(20, 9)
        .interval(
            7,
            drawn -> {
              assertThat(Arrays.stream(drawn).sum()).isEqualTo(7);
              return 0;
            });
  }

  @Test
  void isUndefinedWithoutStreamsOrValues() {
    assertThat(new Bootstrap(10, 1).interval(0, drawn -> 1).low()).isNaN();
    assertThat(new Bootstrap(10, 1).interval(3, drawn -> Double.NaN).high()).isNaN();
  }

  private static AlertScore[] streams(int streams, int found) {
    AlertScore[] scores = new AlertScore[streams];
    for (int i = 0; i < streams; i++) {
      scores[i] = i < found ? new AlertScore(1, 0, 0, 30) : new AlertScore(0, 1, 0, 30);
    }
    return scores;
  }
}
