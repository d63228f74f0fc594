package org.earshot.teaching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earshot.evaluation.AlertScore;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.evaluation.LogitTrack;
import org.earshot.evaluation.Occurrence;
import org.earshot.model.HeadModel;

/**
 * A sound that is too like another.
 *
 * @param ofTaught true when a head that is there hears the taught sound, false when the new head
 *     hears another sound
 * @param label of that head, or of the other sound
 * @param share of the sounds that are taken for it, 0 to 1
 * @param sounds how many were tried
 */
record Likeness(boolean ofTaught, String label, double share, int sounds) {
  static final double WARNED_SHARE = 0.3;
  private static final int FEWEST_SOUNDS = 8;

  /** Which heads of a model hear the taught sound. */
  static List<Likeness> ofHeads(List<HeadModel> heads, String taught, List<TaughtStream> tried) {
    List<Likeness> found = new ArrayList<>();
    for (HeadModel head : heads) {
      if (!head.event().equals(taught)) {
        List<CalibrationStream> streams = new ArrayList<>();
        for (TaughtStream stream : tried) {
          LogitTrack logits = stream.track().logits(head);
          CalibrationStream judged = stream.judged(logits);
          streams.add(as(head.event(), logits, stream.seconds(), judged.truth()));
        }
        add(true, head.event(), AlertScore.of(streams, 0, head), found);
      }
    }
    return found;
  }

  /** Which other sounds a new head hears. */
  static List<Likeness> ofSounds(HeadModel head, List<TaughtStream> others) {
    Map<String, List<CalibrationStream>> byLabel = new TreeMap<>();
    for (TaughtStream stream : others) {
      LogitTrack logits = stream.track().logits(head);
      stream.others().stream()
          .map(Occurrence::label)
          .distinct()
          .forEach(
              label ->
                  byLabel
                      .computeIfAbsent(label, key -> new ArrayList<>())
                      .add(
                          as(
                              head.event(),
                              logits,
                              stream.seconds(),
                              stream.others().stream()
                                  .filter(other -> other.label().equals(label))
                                  .toList())));
    }
    List<Likeness> found = new ArrayList<>();
    byLabel.forEach((label, streams) -> add(false, label, AlertScore.of(streams, 0, head), found));
    return found;
  }

  /** A stream in which some sounds are what a head is for. */
  private static CalibrationStream as(
      String event, LogitTrack logits, double seconds, List<Occurrence> sounds) {
    List<Occurrence> truth =
        sounds.stream()
            .map(s -> new Occurrence(event, s.onsetSeconds(), s.offsetSeconds(), Double.NaN))
            .toList();
    return new CalibrationStream(logits, seconds, truth, List.of());
  }

  private static void add(boolean ofTaught, String label, AlertScore score, List<Likeness> found) {
    if (score.events() >= FEWEST_SOUNDS && score.recall() >= WARNED_SHARE) {
      found.add(new Likeness(ofTaught, label, score.recall(), score.events()));
    }
  }
}
