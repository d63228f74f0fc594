package org.earshot.evaluation;

import java.util.List;
import org.earshot.model.DecisionParameters;

/**
 * The decision parameters that a search tries.
 *
 * <p>Thresholds are in the logit domain, where equal steps mean equal odds.
 *
 * @param smoothingSteps lengths of the moving average, ascending
 * @param onSteps consecutive steps before an alert opens, ascending
 * @param holdSeconds how long an alert stays open below the off threshold, ascending
 * @param hysteresisLogits how far the off threshold lies below the on threshold, ascending
 * @param lowestLogit lowest on threshold
 * @param highestLogit highest on threshold
 * @param stepLogits between two on thresholds
 * @param refractorySeconds fixed
 * @param minOpenSeconds fixed
 */
public record DecisionGrid(
    List<Integer> smoothingSteps,
    List<Integer> onSteps,
    List<Float> holdSeconds,
    List<Float> hysteresisLogits,
    double lowestLogit,
    double highestLogit,
    double stepLogits,
    float refractorySeconds,
    float minOpenSeconds) {

  public DecisionGrid {
    smoothingSteps = List.copyOf(smoothingSteps);
    onSteps = List.copyOf(onSteps);
    holdSeconds = List.copyOf(holdSeconds);
    hysteresisLogits = List.copyOf(hysteresisLogits);
    if (!(stepLogits > 0 && highestLogit >= lowestLogit)) {
      throw new IllegalArgumentException(
          "thresholds from " + lowestLogit + " to " + highestLogit + " by " + stepLogits);
    }
  }

  /** What the shipped heads are tuned over; 60 ms steps. */
  public static DecisionGrid standard() {
    return new DecisionGrid(
        List.of(1, 2, 4, 7, 12, 20, 33),
        List.of(1, 2, 4),
        List.of(0.5f, 1.5f, 4f, 10f),
        List.of(0.75f, 1.75f),
        -3,
        6,
        0.25,
        0.5f,
        0.3f);
  }

  /** Number of on thresholds. */
  int thresholds() {
    return (int) Math.floor((highestLogit - lowestLogit) / stepLogits + 1e-9) + 1;
  }

  double thresholdLogit(int index) {
    return lowestLogit + index * stepLogits;
  }

  static float sigmoid(double logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  DecisionParameters parameters(
      int smoothing, int onSteps, float hold, float hysteresis, double thresholdLogit) {
    return new DecisionParameters(
        smoothing,
        sigmoid(thresholdLogit),
        sigmoid(thresholdLogit - hysteresis),
        onSteps,
        hold,
        refractorySeconds,
        minOpenSeconds);
  }
}
