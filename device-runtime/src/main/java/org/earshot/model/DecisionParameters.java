package org.earshot.model;

/**
 * How one head's posteriors become alerts (ADR 0006).
 *
 * @param smoothingSteps length of the moving average over steps, 1 to {@link #MAX_STEPS}
 * @param onThreshold smoothed posterior that opens an alert, within (0, 1)
 * @param offThreshold smoothed posterior under which it may close, within (0, onThreshold]
 * @param onSteps consecutive steps at or above onThreshold before it opens, 1 to {@link #MAX_STEPS}
 * @param holdSeconds it stays open this long below offThreshold, 0 to {@link #MAX_SECONDS}
 * @param refractorySeconds nothing opens this long after a close, 0 to {@link #MAX_SECONDS}
 * @param minOpenSeconds it never closes sooner after it opened, 0 to {@link #MAX_SECONDS}
 */
public record DecisionParameters(
    int smoothingSteps,
    float onThreshold,
    float offThreshold,
    int onSteps,
    float holdSeconds,
    float refractorySeconds,
    float minOpenSeconds) {
  /** Bound of the counts of steps. */
  public static final int MAX_STEPS = 1000;

  /** Bound of the durations, in seconds. */
  public static final float MAX_SECONDS = 600;

  /** Throws IllegalArgumentException for a value out of its range. */
  public DecisionParameters {
    Checks.range("smoothingSteps", smoothingSteps, 1, MAX_STEPS);
    Checks.range("onSteps", onSteps, 1, MAX_STEPS);
    if (!(onThreshold > 0 && onThreshold < 1)) {
      throw new IllegalArgumentException(
          "onThreshold is " + onThreshold + ", wanted between 0 and 1");
    }
    if (!(offThreshold > 0 && offThreshold <= onThreshold)) {
      throw new IllegalArgumentException(
          "offThreshold is " + offThreshold + ", wanted above 0 and at most " + onThreshold);
    }
    Checks.between("holdSeconds", holdSeconds, 0, MAX_SECONDS);
    Checks.between("refractorySeconds", refractorySeconds, 0, MAX_SECONDS);
    Checks.between("minOpenSeconds", minOpenSeconds, 0, MAX_SECONDS);
  }

  /**
   * Returns the same decision with both thresholds moved in the logit domain, which keeps the
   * hysteresis; a shift of 0 returns this.
   *
   * @param logits positive for higher thresholds, thus fewer alerts
   */
  public DecisionParameters shifted(double logits) {
    if (logits == 0) {
      return this;
    }
    return new DecisionParameters(
        smoothingSteps,
        inside(shifted(onThreshold, logits)),
        inside(shifted(offThreshold, logits)),
        onSteps,
        holdSeconds,
        refractorySeconds,
        minOpenSeconds);
  }

  /** Returns this decision with the thresholds of another. */
  public DecisionParameters withThresholdsOf(DecisionParameters other) {
    return new DecisionParameters(
        smoothingSteps,
        other.onThreshold,
        other.offThreshold,
        onSteps,
        holdSeconds,
        refractorySeconds,
        minOpenSeconds);
  }

  /** Returns a threshold moved in the logit domain; a shift of 0 returns it unchanged. */
  public static double shifted(float threshold, double logits) {
    if (logits == 0) {
      return threshold;
    }
    double moved = StrictMath.log(threshold / (1.0 - threshold)) + logits;
    return 1 / (1 + StrictMath.exp(-moved));
  }

  /** Within (0, 1), also where a float cannot tell it from an end. */
  private static float inside(double threshold) {
    return Math.max(Float.MIN_VALUE, Math.min(Math.nextDown(1f), (float) threshold));
  }
}
