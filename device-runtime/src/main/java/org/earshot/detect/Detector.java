package org.earshot.detect;

import java.util.List;
import org.earshot.model.EventLabels;
import org.earshot.model.HeadModel;

/**
 * Turns the posteriors of all heads into alerts, one an event.
 *
 * <p>Contract: one call of {@link #accept} a step, in order; {@link #finish} at the end of the
 * stream; {@link #reset} before another. State is bounded. Single-threaded; allocates only when an
 * alert ends. No background silences the alarms that save lives. The rules: ADR 0006 and 0017.
 */
public final class Detector {
  private final List<HeadModel> heads;
  private final EventDecision[] decisions; // one a head

  /** Makes the decisions of the given heads, in their order. */
  public Detector(List<HeadModel> heads, Sensitivity sensitivity, StepTiming timing) {
    this.heads = List.copyOf(heads);
    decisions =
        heads.stream()
            .map(
                head ->
                    new EventDecision(
                        head.event(),
                        sensitivity.decision(head),
                        timing,
                        !EventLabels.ALARMS.contains(head.event())))
            .toArray(EventDecision[]::new);
  }

  /**
   * Takes the next step.
   *
   * @param posteriors [heads], calibrated
   */
  public void accept(float[] posteriors, AlertSink sink) {
    if (posteriors.length != decisions.length) {
      throw new IllegalArgumentException(
          posteriors.length + " posteriors for " + decisions.length + " heads");
    }
    for (int head = 0; head < decisions.length; head++) {
      decisions[head].accept(posteriors[head], sink);
    }
  }

  /** Ends the alerts that are still open. */
  public void finish(AlertSink sink) {
    for (EventDecision decision : decisions) {
      decision.finish(sink);
    }
  }

  /** Listens at another sensitivity from the next step on; open alerts stay open. */
  public void setSensitivity(Sensitivity sensitivity) {
    for (int head = 0; head < decisions.length; head++) {
      decisions[head].setThresholds(sensitivity.decision(heads.get(head)));
    }
  }

  /** Forgets the stream, open alerts included. */
  public void reset() {
    for (EventDecision decision : decisions) {
      decision.reset();
    }
  }

  /** Returns a head's smoothed posterior after the last step: what the thresholds compare. */
  public float smoothed(int head) {
    return decisions[head].smoothed();
  }

  /** Returns whether a head's alert is open. */
  public boolean isOpen(int head) {
    return decisions[head].isOpen();
  }
}
