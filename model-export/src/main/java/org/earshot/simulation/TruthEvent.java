package org.earshot.simulation;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One sound in a soundscape and when it is there.
 *
 * @param label event label, or a distractor's label
 * @param onsetSeconds arrival of the direct sound's first active sample, from the scene's start
 * @param offsetSeconds end of the last active sample of the dry sound (reverberation excluded)
 * @param eventToBackgroundDb power over the event's active parts against the background's power
 *     over the same extent, both high-passed at 100 Hz, after the room; NaN where none was set
 * @param source recording or synthesizer that the sound came from; two of them where one sound
 *     joined another
 */
public record TruthEvent(
    String label,
    double onsetSeconds,
    double offsetSeconds,
    double eventToBackgroundDb,
    String source) {
  static final String SOURCE_SEPARATOR = " + ";
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(SOURCE_SEPARATOR));

  /** The one or more recordings or synthesizers that {@link #source} names. */
  public List<String> sources() {
    return List.of(SEPARATOR.split(source, -1));
  }
}
