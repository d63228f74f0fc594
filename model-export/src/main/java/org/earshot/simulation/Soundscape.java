package org.earshot.simulation;

import java.util.List;

/**
 * A rendered scene and its truth. The samples are the caller's to change; the lists are immutable.
 *
 * @param name stable name, made from the seed
 * @param samples 16 kHz mono, within [-1, 1]
 * @param events target events by onset
 * @param dontCare spans in which a label is neither right nor wrong: ambiguous sounds (a door that
 *     opens, for door_close), and the start of a cadence before anyone could tell it from a near
 *     miss. Training masks them; evaluation ignores alerts of that label there
 * @param distractors sounds that are none of the targets, with their labels
 * @param backgroundSources recordings that the background was made of; none where it is synthetic
 * @param info conditions
 */
@SuppressWarnings("ArrayRecordComponent")
public record Soundscape(
    String name,
    float[] samples,
    List<TruthEvent> events,
    List<TruthEvent> dontCare,
    List<TruthEvent> distractors,
    List<String> backgroundSources,
    SceneInfo info) {
  public Soundscape {
    events = List.copyOf(events);
    dontCare = List.copyOf(dontCare);
    distractors = List.copyOf(distractors);
    backgroundSources = List.copyOf(backgroundSources);
  }

  /** Length in seconds. */
  public double durationSeconds() {
    return Signal.seconds(samples.length);
  }
}
