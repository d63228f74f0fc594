package org.earshot.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One recording to be judged on, with its truth and conditions. The samples stay in the file.
 *
 * @param name short name, unique in its set
 * @param file WAV or FLAC
 * @param seconds length
 * @param truth the events in it
 * @param dontCare spans in which an alert of the label is neither right nor false
 * @param others sounds that are no event, for captions; may be empty
 * @param conditions name and value of what may decide how hard it is, such as the background; empty
 *     when unknown
 */
record EvaluationStream(
    String name,
    Path file,
    double seconds,
    List<Occurrence> truth,
    List<Occurrence> dontCare,
    List<Occurrence> others,
    Map<String, String> conditions) {

  EvaluationStream {
    truth = List.copyOf(truth);
    dontCare = List.copyOf(dontCare);
    others = List.copyOf(others);
    conditions = Map.copyOf(conditions);
  }

  /** The name under which a peer's table has this stream. */
  String peerName() {
    return file.toString();
  }

  /** What the background is, in a word; empty when unknown. */
  String background() {
    return conditions.getOrDefault(Conditions.BACKGROUND, "");
  }

  /** Ratio of the first event, NaN without one or when unknown. */
  double ratioDb() {
    return truth.isEmpty() ? Double.NaN : truth.get(0).eventToBackgroundDb();
  }

  StreamResult result(List<Detection> detections) {
    return new StreamResult(name, seconds, truth, dontCare, detections);
  }

  boolean contains(String event) {
    return truth.stream().anyMatch(o -> o.label().equals(event));
  }
}
