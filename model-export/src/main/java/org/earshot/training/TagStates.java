package org.earshot.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.dataset.ClipTags;
import org.earshot.evaluation.PeerMapping;
import org.earshot.model.EventLabels;
import org.earshot.simulation.TruthEvent;

/**
 * Whether each class of a teacher is in a sound: present, absent, or not known.
 *
 * <p>Not known is what the teacher heard a trace of only; everything in a sound that it did not
 * hear, such as a synthesized one; and, in a recording of an event, the teacher's own classes for
 * that event where it did not hear them: the label knows better. Immutable.
 */
final class TagStates {
  static final byte ABSENT = 0;
  static final byte UNKNOWN = 1;
  static final byte PRESENT = 2;

  /** Without a teacher. */
  static final TagStates NONE = new TagStates(List.of(), ClipTags.NONE);

  private static final float PRESENT_FROM = 0.4f;
  private static final float UNKNOWN_FROM = 0.1f;

  private final int count;
  private final byte[] unheard; // [classes]
  private final Map<String, byte[]> clips = new HashMap<>(); // path -> [classes]
  private final Map<String, int[]> own = new HashMap<>(); // event -> its classes

  TagStates(List<String> classes, ClipTags tags) {
    count = classes.size();
    unheard = new byte[count];
    Arrays.fill(unheard, UNKNOWN);
    for (String path : tags.paths()) {
      Map<String, Float> scores = tags.of(path);
      byte[] states = new byte[count];
      for (int tag = 0; tag < count; tag++) {
        float score = scores.getOrDefault(classes.get(tag), 0f);
        states[tag] = score >= PRESENT_FROM ? PRESENT : score >= UNKNOWN_FROM ? UNKNOWN : ABSENT;
      }
      clips.put(path, states);
    }
    for (String event : EventLabels.STANDARD) {
      own.put(
          event,
          PeerMapping.classes(event).stream()
              .mapToInt(classes::indexOf)
              .filter(tag -> tag >= 0)
              .toArray());
    }
  }

  /** Number of classes. */
  int count() {
    return count;
  }

  /** Of one sound of a scene. */
  byte[] of(TruthEvent sound) {
    byte[] states = of(sound.sources());
    for (int tag : own.getOrDefault(sound.label(), new int[0])) {
      states[tag] = states[tag] == ABSENT ? UNKNOWN : states[tag];
    }
    return states;
  }

  /**
   * Of recordings that sound together: present where one has it, absent where all lack it.
   *
   * @return [classes], the caller's to change
   */
  byte[] of(List<String> sources) {
    byte[] states = new byte[count];
    for (String source : sources) {
      byte[] clip = clips.getOrDefault(source, unheard);
      for (int tag = 0; tag < count; tag++) {
        states[tag] = states[tag] > clip[tag] ? states[tag] : clip[tag];
      }
    }
    return states;
  }
}
