package org.earshot.model;

import java.util.List;

/**
 * What each sensitivity does to one head's thresholds, and what it costs: false alerts on audio
 * without the event, and events missed.
 *
 * <p>Measured once, when the head is exported, for the head's own calibration and decision (ADR
 * 0015). Counts are kept rather than rates, so that a reader can tell a small rate from one that
 * was never seen. Immutable.
 *
 * @param negativeHours hours of audio without the event in which false alerts were counted
 * @param events true events in which misses were counted, 0 to {@link #MAX_COUNT}
 * @param points by rising sensitivity: 0 first, 100 last, {@value #STORED} with no shift among them
 */
public record OperatingCurve(float negativeHours, int events, List<Point> points) {
  /** Largest sensitivity; the smallest is 0. */
  public static final int MAX_SENSITIVITY = 100;

  /** The sensitivity of the stored thresholds. */
  public static final int STORED = 50;

  /** Bound of the number of points; at least 0, {@value #STORED} and 100 are among them. */
  public static final int MAX_POINTS = MAX_SENSITIVITY + 1;

  /** Bound of a shift either way, in logits. */
  public static final float MAX_SHIFT_LOGITS = 20;

  /** Bound of the hours, some hundred years; the least is {@link #MIN_HOURS}. */
  public static final float MAX_HOURS = 1e6f;

  /** Less audio than this says nothing: 3.6 s. */
  public static final float MIN_HOURS = 1e-3f;

  /** Bound of every count. */
  public static final int MAX_COUNT = 1_000_000_000;

  static final int MIN_POINTS = 3;

  /** Mean of a Poisson count at or above which none is seen in 5 of 100 cases: -ln 0.05. */
  private static final double NONE_SEEN_BOUND = 3;

  private static final double HOURS_PER_DAY = 24;

  /**
   * One sensitivity.
   *
   * @param sensitivity 0 to 100
   * @param shiftLogits how far both thresholds lie above the stored ones, in logits; negative below
   * @param falseAlerts counted in all of the negative audio
   * @param missed events not found, of all events
   */
  public record Point(int sensitivity, float shiftLogits, int falseAlerts, int missed) {
    /** Throws IllegalArgumentException for a value out of its range. */
    public Point {
      Checks.range("sensitivity", sensitivity, 0, MAX_SENSITIVITY);
      Checks.between("shiftLogits", shiftLogits, -MAX_SHIFT_LOGITS, MAX_SHIFT_LOGITS);
      Checks.range("falseAlerts", falseAlerts, 0, MAX_COUNT);
      Checks.range("missed", missed, 0, MAX_COUNT);
    }
  }

  /**
   * Throws IllegalArgumentException for a value out of its range, points that are out of order, or
   * a shift that rises with the sensitivity.
   */
  public OperatingCurve {
    Checks.between("negativeHours", negativeHours, MIN_HOURS, MAX_HOURS);
    Checks.range("events", events, 0, MAX_COUNT);
    points = List.copyOf(points);
    Checks.range("points", points.size(), MIN_POINTS, MAX_POINTS);
    boolean stored = false;
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      Checks.range("missed", point.missed(), 0, events);
      if (i > 0) {
        checkOrder(points.get(i - 1), point);
      }
      stored |= point.sensitivity() == STORED && point.shiftLogits() == 0;
    }
    if (points.get(0).sensitivity() != 0
        || points.get(points.size() - 1).sensitivity() != MAX_SENSITIVITY
        || !stored) {
      throw new IllegalArgumentException(
          "the points do not run from 0 over 50 with a shift of 0 to 100");
    }
  }

  private static void checkOrder(Point before, Point point) {
    if (point.sensitivity() <= before.sensitivity()) {
      throw new IllegalArgumentException(
          "sensitivity " + point.sensitivity() + " follows " + before.sensitivity());
    }
    if (point.shiftLogits() > before.shiftLogits()) {
      throw new IllegalArgumentException(
          "the shift rises from "
              + before.shiftLogits()
              + " to "
              + point.shiftLogits()
              + " at sensitivity "
              + point.sensitivity());
    }
  }

  /**
   * Returns how far both thresholds move at a sensitivity: 0 at {@value #STORED}, linear between
   * points, and never higher at a higher sensitivity.
   *
   * @param sensitivity 0 to 100
   */
  public double shiftLogits(int sensitivity) {
    int above = indexAtOrAbove(sensitivity);
    Point upper = points.get(above);
    if (upper.sensitivity() == sensitivity) {
      return upper.shiftLogits();
    }
    Point lower = points.get(above - 1);
    double share =
        (sensitivity - lower.sensitivity()) / (double) (upper.sensitivity() - lower.sensitivity());
    return lower.shiftLogits() + share * (upper.shiftLogits() - (double) lower.shiftLogits());
  }

  /** Returns the measured point of a sensitivity; between two, the more sensitive one. */
  public Point atOrAbove(int sensitivity) {
    return points.get(indexAtOrAbove(sensitivity));
  }

  private int indexAtOrAbove(int sensitivity) {
    Checks.range("sensitivity", sensitivity, 0, MAX_SENSITIVITY);
    int index = 0;
    while (points.get(index).sensitivity() < sensitivity) {
      index++;
    }
    return index;
  }

  /** Returns the false alerts to expect in a day; an upper bound where none was counted. */
  public double falseAlertsPerDay(Point point) {
    double count = isBound(point) ? NONE_SEEN_BOUND : point.falseAlerts();
    return count * HOURS_PER_DAY / negativeHours;
  }

  /**
   * Returns whether no false alert was counted, so that {@link #falseAlertsPerDay} is the largest
   * rate at which that happens in 5 cases of 100 (the "rule of three").
   */
  public boolean isBound(Point point) {
    return point.falseAlerts() == 0;
  }

  /** Returns the share of events missed, 0 to 1; NaN when there were none. */
  public double missRate(Point point) {
    return point.missed() / (double) events;
  }
}
