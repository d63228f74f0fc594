package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattTest {

  @Test
  void recoversTheLogOddsOfTwoNormals() {
    // N(+1, 1) against N(-1, 1): the log odds of x are 2 x
    Random random = new Random(3);
    float[] scores = new float[40_000];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = i % 2 == 0;
      scores[i] = (float) (random.nextGaussian() + (positive[i] ? 1 : -1));
    }
    Platt platt = Platt.fit(scores, positive);

    assertThat(platt.slope()).isCloseTo(2, within(0.06));
    assertThat(platt.offset()).isCloseTo(0, within(0.06));
  }

  @Test
  void doesNotDependOnHowManyNegativesThereAre() {
    Platt few = fitNormals(500, 500);
    Platt many = fitNormals(500, 30_000);

    assertThat(many.slope()).isCloseTo(few.slope(), within(0.25));
    assertThat(many.offset()).isCloseTo(few.offset(), within(0.25));
  }

  private static Platt fitNormals(int positives, int negatives) {
    Random random = new Random(5);
    float[] scores = new float[positives + negatives];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = i < positives;
      scores[i] = (float) (random.nextGaussian() + (positive[i] ? 1 : -1));
    }
    return Platt.fit(scores, positive);
  }

  @Test
  void staysFiniteWhenTheClassesSeparate() {
    Platt platt =
        Platt.fit(
            new float[] {5, 6, 7, -5, -6, -7},
            new boolean[] {true, true, true, false, false, false});

    assertThat(platt.slope()).isPositive().isLessThan(10);
    assertThat(platt.offset()).isCloseTo(0, within(1e-3));
  }

  @Test
  void leavesScoresOfOneClassAsTheyAre() {
    assertThat(Platt.fit(new float[] {1, 2}, new boolean[] {false, false}))
        .isEqualTo(new Platt(1, 0));
  }
}
