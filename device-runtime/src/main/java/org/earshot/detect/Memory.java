package org.earshot.detect;

/** What a detector remembers of a stream, part by part; see {@link StreamingDetector#forget}. */
public enum Memory {
  /** Running mean of every band. */
  FRONT_END,
  /** Past steps of the convolutions and the states of the LSTM layers. */
  NETWORK,
  /** Beeps of the last minute. */
  CADENCE,
  /** Averages of posteriors, refractory times and backgrounds; what is open stays open. */
  DECISIONS
}
