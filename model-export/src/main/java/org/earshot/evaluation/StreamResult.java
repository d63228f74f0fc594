package org.earshot.evaluation;

import java.util.List;

/**
 * What one detector said about one stream, beside the truth.
 *
 * @param stream name of the stream
 * @param seconds its length
 * @param truth the events in it
 * @param dontCare spans in which an alert of the label is neither right nor false
 * @param detections the alerts raised
 */
public record StreamResult(
    String stream,
    double seconds,
    List<Occurrence> truth,
    List<Occurrence> dontCare,
    List<Detection> detections) {

  public StreamResult {
    truth = List.copyOf(truth);
    dontCare = List.copyOf(dontCare);
    detections = List.copyOf(detections);
  }
}
