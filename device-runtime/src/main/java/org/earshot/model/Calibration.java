package org.earshot.model;

/**
 * Turns a head's logit into a posterior: {@code sigmoid(slope * logit + offset)} (Platt, 1999).
 *
 * @param slope positive, so that a larger logit is never a smaller posterior
 * @param offset any finite number
 */
public record Calibration(float slope, float offset) {
  /** Leaves the logit as it is. */
  public static final Calibration IDENTITY = new Calibration(1, 0);

  /** Throws IllegalArgumentException for a slope that is not positive or a non-finite value. */
  public Calibration {
    Checks.scale("calibration slope", slope);
    Checks.magnitude("calibration offset", offset);
  }
}
