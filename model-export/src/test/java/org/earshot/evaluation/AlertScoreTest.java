package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.earshot.evaluation.AlertMatchTest.alert;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlertScoreTest {

  @Test
  void ratesFollowFromTheCounts() {
    AlertScore score = new AlertScore(6, 2, 4, 1800);

    assertThat(score.recall()).isEqualTo(0.75);
    assertThat(score.precision()).isEqualTo(0.6);
    assertThat(score.f1()).isCloseTo(2 * 0.75 * 0.6 / 1.35, within(1e-12));
    assertThat(score.falseAlertsPerHour()).isEqualTo(8);
  }

  @Test
  void findingNothingScoresZeroAndNothingToFindIsUndefined() {
    assertThat(new AlertScore(0, 3, 0, 60).f1()).isZero();
    assertThat(new AlertScore(0, 3, 0, 60).precision()).isNaN();
    assertThat(new AlertScore(0, 0, 0, 60).f1()).isNaN();
    assertThat(new AlertScore(0, 0, 0, 60).recall()).isNaN();
    assertThat(new AlertScore(0, 0, 0, 60).falseAlertsPerHour()).isZero();
  }

  @Test
  void countsOneClassOfOneStream() {
    StreamResult result =
        new StreamResult(
            "a",
            30,
            List.of(event("siren", 5, 8), event("siren", 20, 22), event("dog_bark", 1, 2)),
            List.of(),
            List.of(
                alert("siren", 5.5), alert("siren", 6.5), alert("siren", 14), alert("door", 1)));

    assertThat(AlertScore.of(result, "siren")).isEqualTo(new AlertScore(1, 1, 1, 30));
    assertThat(AlertScore.of(result, "dog_bark")).isEqualTo(new AlertScore(0, 1, 0, 30));
  }

  @Test
  void sumsOverStreams() {
    assertThat(new AlertScore(1, 2, 3, 30).plus(new AlertScore(10, 20, 30, 40)))
        .isEqualTo(new AlertScore(11, 22, 33, 70));
  }
}
