package org.earshot.cloud.verify;

import org.earshot.event.EventMessage;

/**
 * A model that hears a whole clip, and judges. Thread-safe; the same input gives the same answer.
 */
public interface Verifier {
  /** Returns its name and version, at most 256 characters. */
  String model();

  /**
   * Judges whether a clip holds an event.
   *
   * @param samples the clip: 16 kHz, mono, -1 to 1; not changed
   * @param event what the device heard, and how sure it was; an event that the model never learned
   *     gives {@code UNSURE}
   */
  Opinion judge(float[] samples, EventMessage event);
}
