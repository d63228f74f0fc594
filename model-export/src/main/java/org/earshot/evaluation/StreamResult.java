package org.earshot.evaluation;

import java.util.List;

/**
 * What one detector said about one stream, beside the truth.
 *
 * @param stream name of the stream
 * @param seconds its length
 * @param truth the events in it
 * @param detections the alerts raised
 */
public record StreamResult(
    String stream, double seconds, List<Occurrence> truth, List<Detection> detections) {

  public StreamResult {
    truth = List.copyOf(truth);
    detections = List.copyOf(detections);
  }
}
