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
  private final StepTiming timing;
  private List<HeadModel> heads;
  private EventDecision[] decisions; // one a head
  private Sensitivity sensitivity;
  private long steps; // since construction or reset

  /** Makes the decisions of the given heads, in their order. */
  public Detector(List<HeadModel> heads, Sensitivity sensitivity, StepTiming timing) {
    this.heads = List.copyOf(heads);
    this.sensitivity = sensitivity;
    this.timing = timing;
    decisions = heads.stream().map(this::decision).toArray(EventDecision[]::new);
  }

  private EventDecision decision(HeadModel head) {
    return new EventDecision(
        head.event(),
        sensitivity.decision(head),
        timing,
        !EventLabels.ALARMS.contains(head.event()),
        steps);
  }

  /**
   * Goes on with other heads, in their order. A head that was there before, equal in all, goes on
   * as if nothing had happened; the open alert of one that was not ends.
   */
  public void setHeads(List<HeadModel> newHeads, AlertSink sink) {
    EventDecision[] next = new EventDecision[newHeads.size()];
    for (int head = 0; head < decisions.length; head++) {
      int kept = newHeads.indexOf(heads.get(head));
      if (kept >= 0) {
        next[kept] = decisions[head];
      } else {
        decisions[head].finish(sink);
      }
    }
    for (int head = 0; head < next.length; head++) {
      if (next[head] == null) {
        next[head] = decision(newHeads.get(head));
      }
    }
    heads = List.copyOf(newHeads);
    decisions = next;
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
    steps++;
  }

  /** Ends the alerts that are still open. */
  public void finish(AlertSink sink) {
    for (EventDecision decision : decisions) {
      decision.finish(sink);
    }
  }

  /** Listens at another sensitivity from the next step on; open alerts stay open. */
  public void setSensitivity(Sensitivity newSensitivity) {
    sensitivity = newSensitivity;
    for (int head = 0; head < decisions.length; head++) {
      decisions[head].setThresholds(sensitivity.decision(heads.get(head)));
    }
  }

  /** Forgets the stream, open alerts included. */
  public void reset() {
    steps = 0;
    for (EventDecision decision : decisions) {
      decision.reset();
    }
  }

  void forget() {
    for (EventDecision decision : decisions) {
      decision.forget();
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
