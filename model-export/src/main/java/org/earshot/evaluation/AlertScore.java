package org.earshot.evaluation;

import java.util.List;
import org.earshot.model.HeadModel;

/**
 * Counts of right, missed and false alerts over some hours of sound, and the rates that follow.
 *
 * @param hits events found
 * @param missed events not found
 * @param falseAlerts alerts on nothing
 * @param seconds length of the sound that was heard
 */
public record AlertScore(int hits, int missed, int falseAlerts, double seconds) {

  static final AlertScore NONE = new AlertScore(0, 0, 0, 0);

  static AlertScore of(StreamResult result, String label) {
    AlertMatch match = AlertMatch.of(result, label);
    return new AlertScore(
        match.hits().size(), match.missed().size(), match.falseAlerts().size(), result.seconds());
  }

  static AlertScore of(CalibrationStream stream, String event, List<Detection> alerts) {
    AlertMatch match = AlertMatch.of(stream.truthOf(event), stream.dontCareOf(event), alerts);
    return new AlertScore(
        match.hits().size(), match.missed().size(), match.falseAlerts().size(), stream.seconds());
  }

  /**
   * What a head's calibration and decision reach on streams.
   *
   * @param index of the head's event in the tracks
   */
  public static AlertScore of(List<CalibrationStream> streams, int index, HeadModel head) {
    AlertScore sum = NONE;
    AlertReplay replay = null;
    for (CalibrationStream stream : streams) {
      if (replay == null) {
        replay = new AlertReplay(head.event(), head.decision(), stream.track().timing());
      }
      float[] posteriors = AlertReplay.posteriors(stream.track(), index, head.calibration());
      sum = sum.plus(of(stream, head.event(), replay.alerts(posteriors)));
    }
    return sum;
  }

  public AlertScore plus(AlertScore other) {
    return new AlertScore(
        hits + other.hits,
        missed + other.missed,
        falseAlerts + other.falseAlerts,
        seconds + other.seconds);
  }

  /** With the counts of another event in the same sound. */
  AlertScore besides(AlertScore other) {
    return new AlertScore(
        hits + other.hits, missed + other.missed, falseAlerts + other.falseAlerts, seconds);
  }

  /** Events that there were to find. */
  public int events() {
    return hits + missed;
  }

  /** Share of the events that were found; NaN without events. */
  public double recall() {
    return (double) hits / (hits + missed);
  }

  /** Share of the alerts that were right, repeats left out; NaN without alerts. */
  public double precision() {
    return (double) hits / (hits + falseAlerts);
  }

  /**
   * Harmonic mean of recall and precision; 0 when nothing was found, NaN when there was nothing to
   * find.
   */
  public double f1() {
    return events() == 0 ? Double.NaN : f(1);
  }

  /** As {@link #f1()}, with recall counted {@code beta} times as important as precision. */
  double f(double beta) {
    double square = beta * beta;
    return (1 + square) * hits / ((1 + square) * hits + square * missed + falseAlerts);
  }

  /** False alerts in an hour of sound; NaN when nothing was heard. */
  public double falseAlertsPerHour() {
    return falseAlerts * 3600.0 / seconds;
  }
}
