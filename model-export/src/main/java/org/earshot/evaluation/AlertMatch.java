package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which alerts of one stream were right, which wrong, and what was missed.
 *
 * <p>An alert is right when its class matches and its onset lies between {@value #EARLY_SECONDS} s
 * before the true onset and {@value #LATE_SECONDS} s after the true offset. A further alert on an
 * event already found is a repeat: neither right nor false. Each alert, in order of onset, takes
 * the not yet found event whose window closes first, which finds as many events as any assignment
 * could.
 *
 * @param hits right alerts with the event that each found
 * @param missed events that no alert found
 * @param falseAlerts alerts outside the window of every event of their class
 * @param repeats further alerts on events already found, and alerts within a span that is nobody's
 *     business: an ambiguous sound, such as a door that opens for {@code door_close}
 */
public record AlertMatch(
    List<Hit> hits, List<Occurrence> missed, List<Detection> falseAlerts, List<Detection> repeats) {

  /** How long before the true onset an alert may say that the event began. Source: ADR 0008. */
  public static final double EARLY_SECONDS = 0.5;

  /** How long after the true offset an alert may say that the event began. Source: ADR 0008. */
  public static final double LATE_SECONDS = 2.0;

  // Times in truth files have two or three decimals; this keeps "exactly 0.5 s early" right.
  private static final double ROUNDING_SECONDS = 1e-6;

  /** A right alert and the event that it found. */
  public record Hit(Occurrence occurrence, Detection detection) {

    /**
     * Seconds from the true onset until the alert was raised; NaN when the detector does not say.
     */
    public double latencySeconds() {
      return detection.raisedSeconds() - occurrence.onsetSeconds();
    }
  }

  /** Judges the alerts of one stream, every class for itself. */
  public static AlertMatch of(
      List<Occurrence> truth, List<Occurrence> dontCare, List<Detection> detections) {
    List<Occurrence> unfound = new ArrayList<>(truth);
    unfound.sort(Comparator.comparingDouble(Occurrence::offsetSeconds));
    List<Occurrence> found = new ArrayList<>();
    List<Detection> ordered = new ArrayList<>(detections);
    ordered.sort(Comparator.comparingDouble(Detection::onsetSeconds));
    List<Hit> hits = new ArrayList<>();
    List<Detection> falseAlerts = new ArrayList<>();
    List<Detection> repeats = new ArrayList<>();
    for (Detection detection : ordered) {
      int at = firstWindowAround(unfound, detection);
      if (at >= 0) {
        Occurrence occurrence = unfound.remove(at);
        found.add(occurrence);
        hits.add(new Hit(occurrence, detection));
      } else if (firstWindowAround(found, detection) >= 0
          || firstWindowAround(dontCare, detection) >= 0) {
        repeats.add(detection);
      } else {
        falseAlerts.add(detection);
      }
    }
    unfound.sort(Comparator.comparingDouble(Occurrence::onsetSeconds));
    return new AlertMatch(hits, unfound, falseAlerts, repeats);
  }

  /** Judges one class only; alerts and events of other classes are left out. */
  static AlertMatch of(StreamResult result, String label) {
    return of(
        result.truth().stream().filter(o -> o.label().equals(label)).toList(),
        result.dontCare().stream().filter(o -> o.label().equals(label)).toList(),
        result.detections().stream().filter(d -> d.label().equals(label)).toList());
  }

  static boolean inWindow(Occurrence occurrence, double onsetSeconds) {
    return onsetSeconds >= occurrence.onsetSeconds() - EARLY_SECONDS - ROUNDING_SECONDS
        && onsetSeconds <= occurrence.offsetSeconds() + LATE_SECONDS + ROUNDING_SECONDS;
  }

  private static int firstWindowAround(List<Occurrence> occurrences, Detection detection) {
    for (int i = 0; i < occurrences.size(); i++) {
      Occurrence occurrence = occurrences.get(i);
      if (occurrence.label().equals(detection.label())
          && inWindow(occurrence, detection.onsetSeconds())) {
        return i;
      }
    }
    return -1;
  }
}
