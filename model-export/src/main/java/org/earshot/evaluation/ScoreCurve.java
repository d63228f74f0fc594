package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a score separates positives from negatives over every threshold: ROC and DET points, area and
 * equal error rate.
 *
 * <p>A threshold {@code t} accepts every score that is at least {@code t}. Equal scores make one
 * step of the curve, so that the area under it is the Mann-Whitney statistic with ties counted as
 * one half.
 */
public final class ScoreCurve {

  /**
   * One threshold.
   *
   * @param threshold accepted are scores at least this high; +infinity accepts nothing
   * @param falsePositiveRate share of the negatives accepted
   * @param truePositiveRate share of the positives accepted
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {
    double missRate() {
      return 1 - truePositiveRate;
    }
  }

  private final List<Point> points;
  private final int positives;
  private final int negatives;

  private ScoreCurve(List<Point> points, int positives, int negatives) {
    this.points = List.copyOf(points);
    this.positives = positives;
    this.negatives = negatives;
  }

  /**
   * Builds the curve.
   *
   * @param scores [n], no NaN
   * @param positive [n]
   */
  public static ScoreCurve of(float[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          scores.length + " scores but " + positive.length + " labels");
    }
    // One sortable number a score: its order-preserving bits, and the label in the lowest bit.
    long[] keys = new long[scores.length];
    int positives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException("score " + i + " is not a number");
      }
      // Adding zero turns -0.0 into 0.0, which must tie with it.
      int bits = Float.floatToIntBits(scores[i] + 0f);
      int ordered = bits ^ ((bits >> 31) & 0x7fff_ffff);
      keys[i] = ((long) ordered << 1) | (positive[i] ? 1 : 0);
      positives += positive[i] ? 1 : 0;
    }
    Arrays.sort(keys);
    int negatives = scores.length - positives;
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    int truePositives = 0;
    int falsePositives = 0;
    for (int i = keys.length - 1; i >= 0; ) {
      long score = keys[i] >> 1;
      while (i >= 0 && keys[i] >> 1 == score) {
        if ((keys[i] & 1) == 1) {
          truePositives++;
        } else {
          falsePositives++;
        }
        i--;
      }
      int ordered = (int) score;
      points.add(
          new Point(
              Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7fff_ffff)),
              (double) falsePositives / negatives,
              (double) truePositives / positives));
    }
    return new ScoreCurve(points, positives, negatives);
  }

  /** Whether there is at least one score on either side; without, area and error rate are NaN. */
  public boolean isDefined() {
    return positives > 0 && negatives > 0;
  }

  public int positives() {
    return positives;
  }

  public int negatives() {
    return negatives;
  }

  /**
   * Points from "accepts nothing" to "accepts everything"; rates are NaN on a side without scores.
   */
  public List<Point> points() {
    return points;
  }

  /**
   * Area under the ROC curve: the chance that a positive scores above a negative, ties counted as
   * one half.
   */
  public double area() {
    if (!isDefined()) {
      return Double.NaN;
    }
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point a = points.get(i - 1);
      Point b = points.get(i);
      area +=
          (b.falsePositiveRate - a.falsePositiveRate)
              * (a.truePositiveRate + b.truePositiveRate)
              / 2;
    }
    return area;
  }

  /**
   * The rate at which misses and false acceptances are equally frequent, linear between the points.
   */
  public double equalErrorRate() {
    if (!isDefined()) {
      return Double.NaN;
    }
    for (int i = 1; i < points.size(); i++) {
      Point b = points.get(i);
      if (b.falsePositiveRate >= b.missRate()) {
        Point a = points.get(i - 1);
        double before = a.missRate() - a.falsePositiveRate; // >= 0
        double after = b.falsePositiveRate - b.missRate(); // >= 0
        double share = before + after == 0 ? 0 : before / (before + after);
        return a.falsePositiveRate + share * (b.falsePositiveRate - a.falsePositiveRate);
      }
    }
    throw new AssertionError("the last point accepts everything");
  }

  /**
   * At most about {@code limit} points, the corners of a drawing; the first and the last are always
   * there.
   */
  List<Point> thinned(int limit) {
    if (points.size() <= limit) {
      return points;
    }
    List<Point> kept = new ArrayList<>();
    kept.add(points.get(0));
    double step = 2.0 / limit; // a curve's two rates together travel a length of 2
    for (int i = 1; i < points.size() - 1; i++) {
      Point last = kept.get(kept.size() - 1);
      Point point = points.get(i);
      double travelled =
          point.falsePositiveRate
              - last.falsePositiveRate
              + point.truePositiveRate
              - last.truePositiveRate;
      // The second keeps the low rates, which a DET drawing spreads out.
      if (travelled >= step || point.falsePositiveRate > 1.15 * last.falsePositiveRate) {
        kept.add(point);
      }
    }
    kept.add(points.get(points.size() - 1));
    return kept;
  }
}
