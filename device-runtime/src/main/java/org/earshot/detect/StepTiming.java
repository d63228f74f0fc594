package org.earshot.detect;

import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.BaseModel;

/**
 * Where the steps of a network lie on the sample axis: step s starts at {@code s * hopSamples} and
 * has heard {@code windowSamples} from there.
 *
 * @param hopSamples from one step to the next
 * @param windowSamples under one step, at least hopSamples
 */
public record StepTiming(int hopSamples, int windowSamples) {
  /** Throws IllegalArgumentException unless {@code 0 < hopSamples <= windowSamples}. */
  public StepTiming {
    if (hopSamples < 1 || windowSamples < hopSamples) {
      throw new IllegalArgumentException(
          "a hop of " + hopSamples + " and a window of " + windowSamples + " samples");
    }
  }

  /** Returns the timing of a base that reads frames of a spec. */
  public static StepTiming of(BaseModel base, FeatureSpec spec) {
    return of(base.stackFrames(), spec);
  }

  /** Returns the timing of steps of so many frames of a spec. */
  public static StepTiming of(int stackFrames, FeatureSpec spec) {
    int hop = spec.hopSamples();
    return new StepTiming(stackFrames * hop, (stackFrames - 1) * hop + spec.frameSamples());
  }

  /** Returns how much of a stream has been heard when a step completes, in seconds. */
  public double heardSeconds(int step) {
    return ((double) step * hopSamples + windowSamples) / Alert.SAMPLE_RATE_HZ;
  }

  int steps(float seconds) {
    return (int) Math.ceil((double) seconds * Alert.SAMPLE_RATE_HZ / hopSamples);
  }
}
