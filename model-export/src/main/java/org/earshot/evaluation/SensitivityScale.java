package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.earshot.detect.Sensitivity;
import org.earshot.model.OperatingCurve;
import org.earshot.model.OperatingCurve.Point;

/**
 * Which threshold each sensitivity takes, given what every threshold of a grid costs.
 *
 * <p>A sensitivity of s asks for {@value #SPAN}^((s - 50) / 50) times the false alerts of the tuned
 * threshold. Going from 50 outwards it takes the nearest threshold, never one back, at which they
 * were counted. Where they cannot be counted, because they are fewer than one in all of the audio
 * or no threshold of the grid gives them, a point of sensitivity is {@value
 * Sensitivity#LOGITS_PER_POINT} logits, up to the end of the grid. Upwards a sensitivity stops at
 * the lowest threshold that misses no more events than the tuned one. Source: ADR 0015.
 */
final class SensitivityScale {
  /** How many times as many false alerts 100 asks for as 50, and 50 as 0. */
  static final double SPAN = 100;

  /** Between two thresholds of the grid. */
  static final float STEP_LOGITS = 0.1f;

  /** Thresholds of the grid on either side of the tuned one: 6 logits. */
  static final int STEPS_EITHER_SIDE = 60;

  /** Thresholds of the grid; the tuned one is in the middle. */
  static final int SIZE = 2 * STEPS_EITHER_SIDE + 1;

  private static final int POINT_SPACING = 5; // of the sensitivities that are stored

  /** Grid steps from one stored sensitivity to the next where nothing can be counted. */
  private static final int UNMEASURED_STEPS =
      (int) Math.round(Sensitivity.LOGITS_PER_POINT * POINT_SPACING / STEP_LOGITS);

  /** So that 10 is a hundredth of 1000 whatever the rounding of the power. */
  private static final double ROUNDING = 1e-9;

  private final int[] falseAlerts; // [SIZE], lowest threshold first
  private final int[] missed; // [SIZE]
  private final int reference; // false alerts at 50; one where there were none

  /**
   * @param falseAlerts [{@link #SIZE}] counted at each threshold, lowest first
   * @param missed [{@link #SIZE}] events missed at each
   */
  SensitivityScale(int[] falseAlerts, int[] missed) {
    if (falseAlerts.length != SIZE || missed.length != SIZE) {
      throw new IllegalArgumentException(
          falseAlerts.length + " and " + missed.length + " counts, wanted " + SIZE);
    }
    this.falseAlerts = falseAlerts.clone();
    this.missed = missed.clone();
    reference = Math.max(1, falseAlerts[STEPS_EITHER_SIDE]);
  }

  /** How far a threshold of the grid lies from the tuned one; exactly 0 in the middle. */
  static float shiftLogits(int index) {
    return (index - STEPS_EITHER_SIDE) * STEP_LOGITS;
  }

  OperatingCurve curve(double negativeHours, int events) {
    List<Point> points = new ArrayList<>();
    int index = STEPS_EITHER_SIDE;
    for (int s = Sensitivity.STANDARD - POINT_SPACING; s >= 0; s -= POINT_SPACING) {
      index = above(index, wanted(s) * (1 + ROUNDING));
      points.add(0, point(s, index));
    }
    index = STEPS_EITHER_SIDE;
    points.add(point(Sensitivity.STANDARD, index));
    int lowest = lowestUseful();
    for (int s = Sensitivity.STANDARD + POINT_SPACING; s <= Sensitivity.MAX; s += POINT_SPACING) {
      index = below(index, wanted(s) * (1 - ROUNDING), lowest);
      points.add(point(s, index));
    }
    return new OperatingCurve((float) negativeHours, events, points);
  }

  private Point point(int sensitivity, int index) {
    return new Point(sensitivity, shiftLogits(index), falseAlerts[index], missed[index]);
  }

  private double wanted(int sensitivity) {
    double exponent = (sensitivity - Sensitivity.STANDARD) / (double) Sensitivity.STANDARD;
    return reference * Math.pow(SPAN, exponent);
  }

  private int above(int from, double wanted) {
    int index = from;
    while (index < SIZE && falseAlerts[index] > wanted) {
      index++;
    }
    boolean counted = wanted >= 1 && index < SIZE;
    return counted ? index : Math.min(SIZE - 1, from + UNMEASURED_STEPS);
  }

  private int below(int from, double wanted, int lowest) {
    int index = from;
    while (index >= 0 && falseAlerts[index] < wanted) {
      index--;
    }
    return Math.max(lowest, index >= 0 ? index : from - UNMEASURED_STEPS);
  }

  /**
   * The lowest threshold that gives half of the most false alerts and misses no more events than
   * the tuned one. Further down alerts melt into one that hardly ends: it is few false alerts, and
   * it begins long before the events that it should find.
   */
  private int lowestUseful() {
    int lowest = 0;
    while (missed[lowest] > missed[STEPS_EITHER_SIDE]) {
      lowest++;
    }
    int most = 0;
    for (int index = lowest; index <= STEPS_EITHER_SIDE; index++) {
      most = Math.max(most, falseAlerts[index]);
    }
    while (lowest < STEPS_EITHER_SIDE
        && (2L * falseAlerts[lowest] < most || missed[lowest] > missed[STEPS_EITHER_SIDE])) {
      lowest++;
    }
    return lowest;
  }
}
