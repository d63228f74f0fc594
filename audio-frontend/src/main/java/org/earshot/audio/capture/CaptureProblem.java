package org.earshot.audio.capture;

/** What keeps a microphone from being heard. Each is told once and clears itself. */
public enum CaptureProblem {
  /** The device was never heard since the start: not plugged in, misnamed, busy or not allowed. */
  DEVICE_ABSENT,

  /** The device was heard and is gone. */
  DEVICE_LOST,

  /** The device is there but gives no samples, or its driver does not answer. */
  STUCK,

  /** All samples are equal: muted, a dead capsule, or a stream of digital silence. */
  SILENT,

  /** Samples were lost: the ring was full, or the driver had to throw some away. */
  OVERRUN
}
