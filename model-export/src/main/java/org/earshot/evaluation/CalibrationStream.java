package org.earshot.evaluation;

import java.util.List;

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

  List<Occurrence> truthOf(String event) {
    return truth.stream().filter(o -> o.label().equals(event)).toList();
  }

  List<Occurrence> dontCareOf(String event) {
    return dontCare.stream().filter(o -> o.label().equals(event)).toList();
  }
}
