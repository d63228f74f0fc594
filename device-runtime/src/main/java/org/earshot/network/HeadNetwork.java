package org.earshot.network;

import java.util.List;
import org.earshot.kernel.Kernel;
import org.earshot.model.GoldenPosteriors;
import org.earshot.model.HeadModel;

/**
 * One head on hidden states that are at hand; bit for bit what {@link StreamingNetwork} gives.
 * Single-threaded; does not allocate after construction.
 */
public final class HeadNetwork {
  private final HeadState state;
  private final int inputs;

  /** Lays a head out. */
  public HeadNetwork(HeadModel head) {
    inputs = head.inputs();
    state = new HeadState(new HeadWeights(List.of(head), inputs, Kernel.LANES));
  }

  /**
   * Returns the calibrated posterior.
   *
   * @param hidden [headInputs], as of {@link StreamingNetwork#copyHidden}
   */
  public float posterior(byte[] hidden) {
    logit(hidden);
    return state.posteriors[0];
  }

  /** Returns the logit; see {@link #posterior}. */
  public float logit(byte[] hidden) {
    if (hidden.length != inputs) {
      throw new IllegalArgumentException(hidden.length + " hidden states, wanted " + inputs);
    }
    state.step(hidden);
    return state.logits[0];
  }

  /** Returns the first golden posterior that a head does not give, bit for bit; -1 for none. */
  public static int firstMismatch(HeadModel head, GoldenPosteriors golden) {
    HeadNetwork network = new HeadNetwork(head);
    for (int i = 0; i < golden.examples().size(); i++) {
      GoldenPosteriors.Example example = golden.examples().get(i);
      float posterior = network.posterior(example.hidden());
      if (Float.floatToIntBits(posterior) != Float.floatToIntBits(example.posterior())) {
        return i;
      }
    }
    return -1;
  }
}
