package org.earshot.detect;

/** Receives the posteriors of every step, for plots, meters and evaluation. */
@FunctionalInterface
public interface StepSink {
  /**
   * Takes one step.
   *
   * @param startSample first sample of the step; the next step starts where this one's hop ends
   * @param posteriors [heads], corrected by cadences, calibrated and unsmoothed, owned by the
   *     detector and overwritten by the next step
   */
  void step(long startSample, float[] posteriors);
}
