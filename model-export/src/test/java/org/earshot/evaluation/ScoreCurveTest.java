package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.earshot.evaluation.ScoreCurve.Point;
import org.junit.jupiter.api.Test;

class ScoreCurveTest {

  @Test
  void areaIsTheShareOfPairsInTheRightOrder() {
    // positives 0.9, 0.6, 0.4; negatives 0.7, 0.5, 0.2, 0.1: right pairs 4 + 3 + 2 of 12
    ScoreCurve curve =
        ScoreCurve.of(
            new float[] {0.9f, 0.7f, 0.6f, 0.5f, 0.4f, 0.2f, 0.1f},
            new boolean[] {true, false, true, false, true, false, false});

    assertThat(curve.area()).isCloseTo(9.0 / 12, within(1e-12));
  }

  @Test
  void tiesCountAsOneHalf() {
    // positives 2, 1; negatives 1, 0: pairs 2>1, 2>0, 1=1, 1>0
    ScoreCurve curve =
        ScoreCurve.of(new float[] {2, 1, 1, 0}, new boolean[] {true, true, false, false});

    assertThat(curve.area()).isCloseTo(3.5 / 4, within(1e-12));
    assertThat(ScoreCurve.of(new float[] {3, 3, 3}, new boolean[] {true, false, true}).area())
        .isEqualTo(0.5);
  }

  @Test
  void equalsTheMannWhitneyStatisticOnRandomScores() {
    long seed = 31L;
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int n = 60;
      float[] scores = new float[n];
      boolean[] positive = new boolean[n];
      for (int i = 0; i < n; i++) {
        positive[i] = i % 3 == 0;
        scores[i] = random.nextInt(15) - 7 + (positive[i] ? 2 : 0);
      }
      double right = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (positive[i] && !positive[j]) {
            right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      assertThat(ScoreCurve.of(scores, positive).area())
          .as("seed %d, round %d", seed, round)
          .isCloseTo(right / (20 * 40), within(1e-12));
    }
  }

  @Test
  void pointsRunFromNothingAcceptedToEverythingAccepted() {
    ScoreCurve curve =
        ScoreCurve.of(new float[] {-1, 2, 2, 0}, new boolean[] {false, true, false, true});

    assertThat(curve.points())
        .containsExactly(
            new Point(Double.POSITIVE_INFINITY, 0, 0),
            new Point(2, 0.5, 0.5),
            new Point(0, 0.5, 1),
            new Point(-1, 1, 1));
  }

  @Test
  void negativeZeroTiesWithZero() {
    ScoreCurve curve = ScoreCurve.of(new float[] {0f, -0f}, new boolean[] {true, false});

    assertThat(curve.points()).hasSize(2);
    assertThat(curve.area()).isEqualTo(0.5);
  }

  @Test
  void equalErrorRateIsWhereMissesMeetFalseAcceptances() {
    // thresholds downwards: (fpr, miss) = (0,1) (0,.5) (.5,.5): they meet at .5
    ScoreCurve corner =
        ScoreCurve.of(new float[] {4, 3, 2, 1}, new boolean[] {true, false, true, false});
    assertThat(corner.equalErrorRate()).isCloseTo(0.5, within(1e-12));

    // (0,1) (0,2/3) (0,1/3) (.5,1/3): crossed on the step from fpr 0 to .5 at miss 1/3
    ScoreCurve step =
        ScoreCurve.of(new float[] {5, 4, 3, 2, 1}, new boolean[] {true, true, false, true, false});
    assertThat(step.equalErrorRate()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void equalErrorRateIsLinearAcrossATie() {
    // one step from (0, miss 1) to (1, miss 0): they meet half way
    assertThat(ScoreCurve.of(new float[] {1, 1}, new boolean[] {true, false}).equalErrorRate())
        .isEqualTo(0.5);
  }

  @Test
  void perfectScoresHaveAreaOneAndNoError() {
    ScoreCurve curve =
        ScoreCurve.of(new float[] {3, 2, 1, 0}, new boolean[] {true, true, false, false});

    assertThat(curve.area()).isEqualTo(1);
    assertThat(curve.equalErrorRate()).isZero();
  }

  @Test
  void isUndefinedWithoutNegatives() {
    ScoreCurve curve = ScoreCurve.of(new float[] {1, 2}, new boolean[] {true, true});

    assertThat(curve.isDefined()).isFalse();
    assertThat(curve.area()).isNaN();
    assertThat(curve.equalErrorRate()).isNaN();
  }

  @Test
  void thinningKeepsTheEndsAndFewPoints() {
    Random random = new Random(5);
    float[] scores = new float[20_000];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = random.nextBoolean();
      scores[i] = (float) (random.nextGaussian() + (positive[i] ? 1 : 0));
    }
    ScoreCurve curve = ScoreCurve.of(scores, positive);

    assertThat(curve.thinned(200)).hasSizeLessThan(400).startsWith(curve.points().get(0));
    assertThat(curve.thinned(200)).endsWith(curve.points().get(curve.points().size() - 1));
  }

  @Test
  void refusesScoresThatAreNoNumbers() {
    assertThatThrownBy(() -> ScoreCurve.of(new float[] {Float.NaN}, new boolean[] {true}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("score 0");
  }
}
