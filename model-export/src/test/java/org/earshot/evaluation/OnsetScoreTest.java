package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.evaluation.AlertMatchTest.alert;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.util.List;
import org.junit.jupiter.api.Test;

class OnsetScoreTest {

  @Test
  void acceptsOnsetsWithinHalfASecondEitherWay() {
    assertThat(OnsetScore.of(new double[] {10}, new double[] {9.5}))
        .isEqualTo(new OnsetScore(1, 0, 0));
    assertThat(OnsetScore.of(new double[] {10}, new double[] {10.5}))
        .isEqualTo(new OnsetScore(1, 0, 0));
    assertThat(OnsetScore.of(new double[] {10}, new double[] {10.51}))
        .isEqualTo(new OnsetScore(0, 1, 1));
  }

  @Test
  void aSecondDetectionOnTheSameOnsetIsAnInsertion() {
    assertThat(OnsetScore.of(new double[] {10}, new double[] {9.9, 10.1}))
        .isEqualTo(new OnsetScore(1, 0, 1));
  }

  @Test
  void neighbouringOnsetsTakeOneDetectionEach() {
    assertThat(OnsetScore.of(new double[] {1.0, 1.6}, new double[] {1.4, 1.7}))
        .isEqualTo(new OnsetScore(2, 0, 0));
  }

  @Test
  void errorRateAndF1FollowFromTheCounts() {
    // 4 true onsets: 3 found, 1 deleted, 2 inserted
    OnsetScore score = new OnsetScore(3, 1, 2);

    assertThat(score.errorRate()).isEqualTo(0.75);
    assertThat(score.f1()).isEqualTo(6.0 / 9);
  }

  @Test
  void isUndefinedWithoutTrueOnsets() {
    assertThat(new OnsetScore(0, 0, 2).errorRate()).isNaN();
    assertThat(new OnsetScore(0, 0, 0).f1()).isNaN();
    assertThat(new OnsetScore(0, 0, 2).f1()).isZero();
  }

  @Test
  void looksAtOneClassOnly() {
    StreamResult result =
        new StreamResult(
            "a",
            30,
            List.of(event("siren", 5, 8), event("dog_bark", 6, 7)),
            List.of(),
            List.of(alert("dog_bark", 5.1), alert("siren", 5.2)));

    assertThat(OnsetScore.of(result, "siren")).isEqualTo(new OnsetScore(1, 0, 0));
    assertThat(OnsetScore.of(result, "dog_bark")).isEqualTo(new OnsetScore(0, 1, 1));
  }
}
