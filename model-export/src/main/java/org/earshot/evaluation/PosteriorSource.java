package org.earshot.evaluation;

import java.util.List;

/**
 * Something that gives every event a logit at every step of a stream: the int8 runtime, or the
 * float network that it was made from.
 *
 * <p>Implementations keep no state from one call to the next. They need not be thread-safe: each
 * thread makes its own.
 */
public interface PosteriorSource {

  /** Labels of the events, in the order of the logits. */
  List<String> events();

  /**
   * Runs a whole stream through the network, from a fresh state.
   *
   * @param samples 16 kHz mono in [-1, 1], not changed
   */
  LogitTrack track(float[] samples);
}
