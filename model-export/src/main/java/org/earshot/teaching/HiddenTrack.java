package org.earshot.teaching;

import org.earshot.detect.StepTiming;
import org.earshot.evaluation.LogitTrack;
import org.earshot.model.HeadModel;
import org.earshot.network.HeadNetwork;

/**
 * What the base made of one stream: the hidden states that heads read, step after step.
 *
 * <p>Immutable by convention; the array is shared, not copied.
 *
 * @param timing where the steps lie on the sample axis
 * @param inputs hidden states a step
 * @param states [steps][inputs], row-major, int8 with scale 1/127
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once, compared nowhere
record HiddenTrack(StepTiming timing, int inputs, byte[] states) {
  int steps() {
    return states.length / inputs;
  }

  /** Copies a step's states, each times a factor. */
  void copy(int step, float[] target, int offset, float factor) {
    for (int unit = 0; unit < inputs; unit++) {
      target[offset + unit] = factor * states[step * inputs + unit];
    }
  }

  /** When a step has been heard, in seconds of the stream. */
  double heardSeconds(int step) {
    return timing.heardSeconds(step);
  }

  /** What a head says about each step. */
  LogitTrack logits(LinearHead head) {
    return logits(step -> head.logit(states, step * inputs));
  }

  /** What a head as a device has it says about each step. */
  LogitTrack logits(HeadModel head) {
    HeadNetwork network = new HeadNetwork(head);
    byte[] hidden = new byte[inputs];
    return logits(
        step -> {
          System.arraycopy(states, step * inputs, hidden, 0, inputs);
          return network.logit(hidden);
        });
  }

  /** Gives a logit for a step. */
  @FunctionalInterface
  private interface StepLogit {
    float of(int step);
  }

  private LogitTrack logits(StepLogit logitOf) {
    LogitTrack.Builder track = new LogitTrack.Builder(1);
    float[] logit = new float[1];
    for (int step = 0; step < steps(); step++) {
      logit[0] = logitOf.of(step);
      track.add(logit, 0);
    }
    return track.build(timing);
  }
}
