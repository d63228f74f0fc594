package org.earshot.simulation;

/** Something that can sound for a while: a synthetic sounder, or a tone cut from a recording. */
interface BeepTone {
  /**
   * Adds one beep.
   *
   * @param out signal to add to
   * @param at first sample; what falls outside {@code out} is dropped
   * @param length beep length in samples, ringing excluded
   * @param pitchRatio pitch against the tone's own
   * @return length that really sounded; a recorded tone may be shorter than asked
   */
  int addBeep(float[] out, int at, int length, double pitchRatio, SceneRandom random);

  /** Where the tone comes from, for the truth's source column. */
  String source();
}
