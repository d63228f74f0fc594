package org.earshot.simulation;

import java.util.List;

/**
 * A sound before its room, with its truth.
 *
 * @param label event label or distractor label
 * @param source recording or synthesizer
 * @param kind cadence or kind of sound, for reports
 * @param samples 16 kHz
 * @param episodes spans of the sound that are one event each, in samples
 * @param undecidedSeconds from an episode's start, how long the label cannot yet be told from a
 *     near miss; 0 for most sounds
 * @param cycleSeconds period of a cadence, or 0
 * @param lingerSeconds after an episode's end, how long nobody can know that the cadence has ended
 */
@SuppressWarnings("ArrayRecordComponent")
record DrySound(
    String label,
    String source,
    String kind,
    float[] samples,
    List<ActiveRegionFinder.Region> episodes,
    double undecidedSeconds,
    double cycleSeconds,
    double lingerSeconds) {

  /** A sound that is what it is from its first moment to its last. */
  static DrySound plain(
      String label,
      String source,
      String kind,
      float[] samples,
      List<ActiveRegionFinder.Region> episodes) {
    return new DrySound(label, source, kind, samples, episodes, 0, 0, 0);
  }

  /** The same truth, said to come from this and from another sound. */
  DrySound joinedBy(DrySound other) {
    return new DrySound(
        label,
        source + TruthEvent.SOURCE_SEPARATOR + other.source,
        kind,
        samples,
        episodes,
        undecidedSeconds,
        cycleSeconds,
        lingerSeconds);
  }

  DrySound withoutSamples() {
    return new DrySound(
        label, source, kind, new float[0], episodes, undecidedSeconds, cycleSeconds, lingerSeconds);
  }
}
