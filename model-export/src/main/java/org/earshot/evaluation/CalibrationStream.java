package org.earshot.evaluation;

import java.util.List;
import org.earshot.simulation.Soundscape;

/**
 * One stream to tune decisions on: what the network said and what was there. No samples are kept.
 *
 * @param track logits of every step
 * @param seconds length of the stream
 * @param truth the events in it
 * @param dontCare spans in which an alert of the label is neither right nor false
 */
public record CalibrationStream(
    LogitTrack track, double seconds, List<Occurrence> truth, List<Occurrence> dontCare) {

  public CalibrationStream {
    truth = List.copyOf(truth);
    dontCare = List.copyOf(dontCare);
  }

  /** What a network said about a simulated scene, beside what is true. */
  public static CalibrationStream of(Soundscape scene, LogitTrack track) {
    return new CalibrationStream(
        track,
        scene.durationSeconds(),
        ValidationStreams.occurrences(scene.events()),
        ValidationStreams.occurrences(scene.dontCare()));
  }

  /** Whether no alert of an event can be wrong in it, wherever it begins. */
  boolean isOfNoConcernTo(String event) {
    return dontCareOf(event).stream()
        .anyMatch(span -> span.onsetSeconds() <= 0 && span.offsetSeconds() >= seconds);
  }

  List<Occurrence> truthOf(String event) {
    return truth.stream().filter(o -> o.label().equals(event)).toList();
  }

  List<Occurrence> dontCareOf(String event) {
    return dontCare.stream().filter(o -> o.label().equals(event)).toList();
  }
}
