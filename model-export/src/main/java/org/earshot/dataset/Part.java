package org.earshot.dataset;

/** What a clip may be used for. */
public enum Part {
  /** Weights may be fitted to it. */
  TRAIN,
  /** Held apart: early stopping, calibration and reported numbers. */
  VALIDATION,
  /** A room impulse response, not a sound. */
  RIR
}
