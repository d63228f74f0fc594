package org.earshot.model;

/** What a dense layer does to its sums. */
public enum Activation {
  /** The sum itself: the logit of the last layer. */
  LINEAR,
  /** Negative sums become zero. */
  RELU
}
