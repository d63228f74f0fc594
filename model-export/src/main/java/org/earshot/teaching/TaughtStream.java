package org.earshot.teaching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.evaluation.LogitTrack;
import org.earshot.evaluation.Occurrence;

/**
 * One stream to learn from or to be judged on.
 *
 * @param track what the base made of it
 * @param seconds its length
 * @param example which of the examples sounds in it, by number; {@value #NONE} in negatives
 * @param parts where the sound is heard, parts of one sound apart
 * @param unclear where it may or may not be heard
 * @param others what else there is, by its label
 */
record TaughtStream(
    HiddenTrack track,
    double seconds,
    int example,
    List<Occurrence> parts,
    List<Occurrence> unclear,
    List<Occurrence> others) {
  static final int NONE = -1;
  private static final double ONE_SOUND_SECONDS = 1.5; // parts closer than that are one sound

  /** Beside what a head says: to be judged by sounds, not by their parts. */
  CalibrationStream judged(LogitTrack logits) {
    return new CalibrationStream(logits, seconds, sounds(), unclear);
  }

  private List<Occurrence> sounds() {
    List<Occurrence> sounds = new ArrayList<>();
    for (Occurrence part :
        parts.stream().sorted(Comparator.comparingDouble(Occurrence::onsetSeconds)).toList()) {
      int last = sounds.size() - 1;
      if (last >= 0 && part.onsetSeconds() - sounds.get(last).offsetSeconds() < ONE_SOUND_SECONDS) {
        Occurrence before = sounds.get(last);
        sounds.set(
            last,
            new Occurrence(
                before.label(),
                before.onsetSeconds(),
                Math.max(before.offsetSeconds(), part.offsetSeconds()),
                before.eventToBackgroundDb()));
      } else {
        sounds.add(part);
      }
    }
    return sounds;
  }
}
