package org.earshot.detect;

import java.util.Map;

/**
 * How readily each event raises an alert: 0 to 100, where 50 is exactly the model's thresholds.
 *
 * <p>Each point moves both thresholds by {@value #LOGITS_PER_POINT} in the logit domain, so that 0
 * asks for odds 55 times higher than stored and 100 for odds 55 times lower, whatever the head (ADR
 * 0006). Immutable.
 */
public final class Sensitivity {
  /** The stored thresholds. */
  public static final int STANDARD = 50;

  /** Largest sensitivity. */
  public static final int MAX = 100;

  static final double LOGITS_PER_POINT = 0.08;

  private final int general;
  private final Map<String, Integer> byEvent;

  /**
   * Makes sensitivities.
   *
   * @param general for every event that is not in {@code byEvent}
   * @param byEvent by label
   */
  public Sensitivity(int general, Map<String, Integer> byEvent) {
    this.general = check(general);
    this.byEvent = Map.copyOf(byEvent);
    this.byEvent.values().forEach(Sensitivity::check);
  }

  /** Returns the stored thresholds for every event. */
  public static Sensitivity standard() {
    return new Sensitivity(STANDARD, Map.of());
  }

  /** Returns the sensitivity of one event. */
  public int of(String event) {
    return byEvent.getOrDefault(event, general);
  }

  /** Returns a threshold as it is at a sensitivity, within (0, 1); 50 gives it back unchanged. */
  static double shifted(float threshold, int sensitivity) {
    if (sensitivity == STANDARD) {
      return threshold;
    }
    double logit = StrictMath.log(threshold / (1.0 - threshold));
    double moved = logit + LOGITS_PER_POINT * (STANDARD - sensitivity);
    return 1 / (1 + StrictMath.exp(-moved));
  }

  private static int check(int sensitivity) {
    if (sensitivity < 0 || sensitivity > MAX) {
      throw new IllegalArgumentException("sensitivity is " + sensitivity + ", wanted 0 to " + MAX);
    }
    return sensitivity;
  }
}
