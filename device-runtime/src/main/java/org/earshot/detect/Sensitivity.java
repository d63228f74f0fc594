package org.earshot.detect;

import java.util.Map;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;

/**
 * How readily each event raises an alert: 0 to 100, where 50 is exactly the model's thresholds.
 *
 * <p>A head with an operating curve gets the thresholds that its curve measured for the
 * sensitivity: on a scale of false alerts a day, where 0 means a hundredth of those at 50 and 100 a
 * hundred times as many, as far as the curve reaches. Without a curve each point moves both
 * thresholds by {@value #LOGITS_PER_POINT} in the logit domain (ADR 0015). Immutable.
 */
public final class Sensitivity {
  /** The stored thresholds. */
  public static final int STANDARD = OperatingCurve.STORED;

  /** Largest sensitivity. */
  public static final int MAX = OperatingCurve.MAX_SENSITIVITY;

  /** How far a point moves the thresholds where nothing was measured. Source: ADR 0006. */
  public static final double LOGITS_PER_POINT = 0.08;

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

  /** Returns a head's decision at its event's sensitivity; at 50 the very one that is stored. */
  DecisionParameters decision(HeadModel head) {
    int sensitivity = of(head.event());
    OperatingCurve curve = head.curve();
    return head.decision()
        .shifted(curve == null ? unmeasuredShift(sensitivity) : curve.shiftLogits(sensitivity));
  }

  /** Returns how far thresholds move, in logits, where no curve says how far. */
  public static double unmeasuredShift(int sensitivity) {
    return LOGITS_PER_POINT * (STANDARD - sensitivity);
  }

  private static int check(int sensitivity) {
    if (sensitivity < 0 || sensitivity > MAX) {
      throw new IllegalArgumentException("sensitivity is " + sensitivity + ", wanted 0 to " + MAX);
    }
    return sensitivity;
  }
}
