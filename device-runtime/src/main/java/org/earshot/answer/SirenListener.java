package org.earshot.answer;

/** Hears what the siren does, in order, on the siren's thread. */
public interface SirenListener {
  /** Tells that it sounds or is silent again, and why. */
  void changed(boolean sounding, String cause);

  /** Tells that it could not sound, or not on, in one line that says what can be done. */
  void failed(String message);
}
