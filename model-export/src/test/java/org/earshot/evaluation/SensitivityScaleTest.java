package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.earshot.model.OperatingCurve;
import org.earshot.model.OperatingCurve.Point;
import org.junit.jupiter.api.Test;

/** Counts are functions of the grid's index: 0 is 6 logits below the tuned threshold, 120 above. */
class SensitivityScaleTest {
  private static final int MIDDLE = SensitivityScale.STEPS_EITHER_SIDE;

  private static OperatingCurve curve(IntUnaryOperator falseAlerts) {
    return curve(falseAlerts, index -> index);
  }

  private static OperatingCurve curve(IntUnaryOperator falseAlerts, IntUnaryOperator misses) {
    int[] counts = new int[SensitivityScale.SIZE];
    int[] missed = new int[SensitivityScale.SIZE];
    for (int index = 0; index < counts.length; index++) {
      counts[index] = falseAlerts.applyAsInt(index);
      missed[index] = misses.applyAsInt(index);
    }
    return new SensitivityScale(counts, missed).curve(24, 120);
  }

  @Test
  void takesTheNearestThresholdsWithATenthAndTenTimesTheFalseAlerts() {
    // Twice as many with every step of 0.1 logits, so far as an int can count.
    OperatingCurve curve = curve(index -> (int) (1000 * Math.pow(2, Math.min(20, MIDDLE - index))));

    assertThat(curve.atOrAbove(50)).isEqualTo(new Point(50, 0, 1000, MIDDLE));
    assertThat(curve.atOrAbove(75)).isEqualTo(new Point(75, -0.4f, 16_000, MIDDLE - 4));
    assertThat(curve.atOrAbove(100)).isEqualTo(new Point(100, -0.7f, 128_000, MIDDLE - 7));
    assertThat(curve.atOrAbove(25)).isEqualTo(new Point(25, 0.4f, 62, MIDDLE + 4));
    assertThat(curve.atOrAbove(0)).isEqualTo(new Point(0, 0.7f, 7, MIDDLE + 7));
  }

  @Test
  void exactlyAHundredthIsEnough() {
    OperatingCurve curve = curve(index -> index < MIDDLE + 9 ? 1000 : 10);
    assertThat(curve.atOrAbove(0).falseAlerts()).isEqualTo(10);
    assertThat(curve.shiftLogits(0)).isEqualTo(0.9, within(1e-6));
  }

  @Test
  void withoutAnyFalseAlertAPointIsAsFarAsWithoutACurve() {
    OperatingCurve curve = curve(index -> 0);
    for (int sensitivity = 0; sensitivity <= 100; sensitivity++) {
      assertThat(curve.shiftLogits(sensitivity)).isEqualTo(0.08 * (50 - sensitivity), within(1e-6));
    }
    assertThat(curve.isBound(curve.atOrAbove(100))).isTrue();
    assertThat(curve.falseAlertsPerDay(curve.atOrAbove(50))).isEqualTo(3);
  }

  @Test
  void aTunedPointWithoutFalseAlertsCountsAsOne() {
    OperatingCurve curve = curve(index -> Math.max(0, 3 * (MIDDLE - 5 - index)));
    assertThat(curve.atOrAbove(50).falseAlerts()).isZero();
    assertThat(curve.atOrAbove(75).falseAlerts()).isEqualTo(12); // at least ten
    assertThat(curve.atOrAbove(100).falseAlerts()).isEqualTo(102);
    assertThat(curve.shiftLogits(0)).isEqualTo(4, within(1e-6));
  }

  @Test
  void belowOneAlertInAllTheAudioNothingIsMeasured() {
    // Ten at 50, one from 0.5 logits on, and that one never goes.
    OperatingCurve curve = curve(index -> index < MIDDLE + 5 ? 10 : 1);
    assertThat(curve.shiftLogits(25)).isEqualTo(0.5, within(1e-6)); // one is a tenth
    assertThat(curve.shiftLogits(0)).isEqualTo(0.5 + 25 * 0.08, within(1e-6));
    assertThat(curve.atOrAbove(0).falseAlerts()).isEqualTo(1);
  }

  @Test
  void stopsWhereAlertsMeltIntoOne() {
    OperatingCurve curve =
        curve(index -> index > MIDDLE ? 50 : index >= MIDDLE - 10 ? 50 + 10 * (MIDDLE - index) : 1);
    assertThat(curve.atOrAbove(100).falseAlerts()).isEqualTo(150);
    assertThat(curve.shiftLogits(100)).isEqualTo(-1, within(1e-6));
  }

  @Test
  void stopsBeforeMoreEventsAreMissedThanAtTheTunedPoint() {
    // From 0.8 logits below on, an alert is open before most events begin.
    OperatingCurve curve =
        curve(
            index -> (int) (1000 * Math.pow(1.2, MIDDLE - index)),
            index -> index < MIDDLE - 7 ? 90 : index / 6);
    for (Point point : curve.points()) {
      if (point.sensitivity() > 50) {
        assertThat(point.missed()).as("%s", point).isLessThanOrEqualTo(MIDDLE / 6);
      }
    }
    assertThat(curve.shiftLogits(100)).isEqualTo(-0.7, within(1e-6));
  }

  @Test
  void keepsWithinTheGridHoweverLittleChanges() {
    OperatingCurve even = curve(index -> 1000);
    assertThat(even.shiftLogits(0)).isEqualTo(4, within(1e-6));
    assertThat(even.shiftLogits(100)).isEqualTo(-4, within(1e-6));
    OperatingCurve late = curve(index -> index <= 1 ? 2 : 1);
    assertThat(late.shiftLogits(55)).isEqualTo(-5.9, within(1e-5)); // to the nearest 1.6 or more
    assertThat(late.shiftLogits(100)).isEqualTo(-6, within(1e-5));
  }

  @Test
  void anyCountsGiveACurveThatNeverRisesAndHoldsTheTunedPoint() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(1 << random.nextInt(16));
      int sparse = 1 + random.nextInt(4);
      OperatingCurve curve = // whose constructor refuses a shift that rises
          curve(index -> random.nextInt(sparse) > 0 ? 0 : random.nextInt(most));
      assertThat(curve.points()).as("seed %d", seed).hasSize(21);
      assertThat(curve.shiftLogits(50)).as("seed %d", seed).isZero();
    }
  }
}
