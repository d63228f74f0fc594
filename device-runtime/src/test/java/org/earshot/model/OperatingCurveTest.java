package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.model.OperatingCurve.Point;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

class OperatingCurveTest {
  private static final Point LOW = new Point(0, 3, 0, 9);
  private static final Point STORED = new Point(50, 0, 4, 5);
  private static final Point HIGH = new Point(100, -2, 400, 1);
  private static final OperatingCurve CURVE = curve(LOW, STORED, HIGH);

  private static OperatingCurve curve(Point... points) {
    return new OperatingCurve(48, 20, List.of(points));
  }

  @Test
  void givesThePointsTheirOwnShiftAndIsLinearBetween() {
    assertThat(CURVE.shiftLogits(0)).isEqualTo(3);
    assertThat(CURVE.shiftLogits(25)).isEqualTo(1.5, within(1e-12));
    assertThat(CURVE.shiftLogits(50)).isZero();
    assertThat(CURVE.shiftLogits(75)).isEqualTo(-1, within(1e-12));
    assertThat(CURVE.shiftLogits(100)).isEqualTo(-2);
  }

  @Test
  void neverAsksForAHigherThresholdAtAHigherSensitivity() {
    for (long seed = 1; seed <= 200; seed++) {
      OperatingCurve any = TestModels.curve(new Random(seed));
      for (int sensitivity = 1; sensitivity <= 100; sensitivity++) {
        assertThat(any.shiftLogits(sensitivity))
            .as("seed %d, sensitivity %d", seed, sensitivity)
            .isLessThanOrEqualTo(any.shiftLogits(sensitivity - 1));
      }
      assertThat(any.shiftLogits(50)).isZero();
    }
  }

  @Test
  void countsBecomeRatesADayAndShares() {
    assertThat(CURVE.falseAlertsPerDay(STORED)).isEqualTo(2);
    assertThat(CURVE.isBound(STORED)).isFalse();
    assertThat(CURVE.missRate(STORED)).isEqualTo(0.25);
  }

  @Test
  void withoutAnyFalseAlertTheRateIsABoundByTheRuleOfThree() {
    assertThat(CURVE.isBound(LOW)).isTrue();
    assertThat(CURVE.falseAlertsPerDay(LOW)).isEqualTo(1.5); // 3 in two days
  }

  @Test
  void withoutEventsTheMissRateIsUndefined() {
    Point none = new Point(50, 0, 1, 0);
    List<Point> points = List.of(new Point(0, 1, 0, 0), none, new Point(100, -1, 9, 0));
    assertThat(new OperatingCurve(1, 0, points).missRate(none)).isNaN();
  }

  @Test
  void betweenPointsTheMoreSensitiveOneIsTold() {
    assertThat(CURVE.atOrAbove(50)).isEqualTo(STORED);
    assertThat(CURVE.atOrAbove(51)).isEqualTo(HIGH);
    assertThat(CURVE.atOrAbove(0)).isEqualTo(LOW);
  }

  @Test
  void refusesPointsThatAreOutOfOrderOrMissing() {
    refused("do not run from 0", new Point(5, 3, 0, 0), STORED, HIGH);
    refused("do not run from 0", LOW, STORED, new Point(95, -2, 0, 0));
    refused("do not run from 0", LOW, new Point(55, 0, 0, 0), HIGH);
    refused("do not run from 0", LOW, new Point(50, 0.1f, 0, 0), HIGH);
    refused("sensitivity 50 follows 50", LOW, STORED, STORED, HIGH);
    refused("shift rises from 0.0 to 0.5", LOW, STORED, new Point(60, 0.5f, 0, 0), HIGH);
    refused("points is 2", LOW, HIGH);
    refused("missed is 21, wanted 0 to 20", LOW, STORED, new Point(100, -1, 0, 21));
  }

  @Test
  void refusesNumbersOutOfRange() {
    List<Point> points = List.of(LOW, STORED, HIGH);
    for (float hours : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e7f}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new OperatingCurve(hours, 20, points))
          .withMessageContaining("negativeHours");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new OperatingCurve(1, -1, points));
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(101, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(0, Float.NaN, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(0, 21, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(0, 0, -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> CURVE.shiftLogits(101));
    assertThatIllegalArgumentException().isThrownBy(() -> CURVE.shiftLogits(-1));
  }

  @Test
  void itsPointsDoNotChangeWithTheListThatMadeIt() {
    List<Point> points = new ArrayList<>(List.of(LOW, STORED, HIGH));
    OperatingCurve curve = new OperatingCurve(48, 20, points);
    points.clear();
    assertThat(curve).isEqualTo(CURVE);
  }

  private static void refused(String message, Point... points) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve(points))
        .withMessageContaining(message);
  }
}
