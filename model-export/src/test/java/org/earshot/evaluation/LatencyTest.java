package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void statesMedianAndNinetiethPercentile() {
    List<AlertMatch.Hit> hits = IntStream.rangeClosed(0, 10).mapToObj(i -> hit(0.1 * i)).toList();

    Latency latency = Latency.of(hits);

    assertThat(latency.alerts()).isEqualTo(11);
    assertThat(latency.medianSeconds()).isCloseTo(0.5, within(1e-9));
    assertThat(latency.ninetiethPercentileSeconds()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void leavesOutAlertsThatDoNotSayWhenTheyWereRaised() {
    assertThat(Latency.of(List.of(hit(Double.NaN), hit(2)))).isEqualTo(new Latency(1, 2, 2));
    assertThat(Latency.of(List.of()).medianSeconds()).isNaN();
  }

  @Test
  void quantilesAreLinearBetweenNeighbours() {
    double[] values = {1, 2, 4, 8};

    assertThat(Quantile.of(values, 0)).isEqualTo(1);
    assertThat(Quantile.of(values, 0.5)).isEqualTo(3);
    assertThat(Quantile.of(values, 1)).isEqualTo(8);
    assertThat(Quantile.of(new double[0], 0.5)).isNaN();
  }

  private static AlertMatch.Hit hit(double latency) {
    return new AlertMatch.Hit(event("siren", 3, 5), new Detection("siren", 3, 5, 0.9, 3 + latency));
  }
}
