package org.earshot.teaching;

/**
 * A head before it is rounded: one row of weights over the hidden states, and a bias.
 *
 * @param weights [inputs], of states in [-1, 1]
 * @param bias added
 */
@SuppressWarnings("ArrayRecordComponent") // made once, compared nowhere
record LinearHead(float[] weights, float bias) {
  private static final float SCALE = 1 / 127f;

  /** The logit of the states that begin at an offset. */
  float logit(byte[] states, int offset) {
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * states[offset + i];
    }
    return SCALE * sum + bias;
  }
}
