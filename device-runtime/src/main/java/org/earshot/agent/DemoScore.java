package org.earshot.agent;

import java.util.ArrayList;
import java.util.List;
import org.earshot.detect.Alert;

/**
 * Compares the alerts of the demo with what really sounded.
 *
 * <p>An alert is right when its event matches and its onset lies between 0.5 s before the true
 * onset and 2 s after the true offset; further alerts on the same sound are not counted.
 */
final class DemoScore {
  private final List<String> lines = new ArrayList<>();
  private int sounds;
  private int heard;
  private int falseAlerts;
  private double seconds;

  void add(
      String recording,
      double recordingSeconds,
      List<TruthTable.Sound> truth,
      List<TruthTable.Sound> distractors,
      List<Alert> alerts,
      List<String> listenedFor) {
    seconds += recordingSeconds;
    List<Alert> unmatched = new ArrayList<>(alerts);
    for (TruthTable.Sound sound : truth) {
      if (!listenedFor.contains(sound.event())) {
        continue;
      }
      sounds++;
      Alert first = null;
      for (Alert alert : alerts) {
        if (matches(sound, alert)) {
          unmatched.remove(alert);
          first = first == null || alert.openedSample() < first.openedSample() ? alert : first;
        }
      }
      if (first != null) {
        heard++;
      }
      lines.add(row(recording, sound.event(), sound.onsetSeconds(), first));
    }
    for (TruthTable.Sound sound : distractors) {
      if (unmatched.stream().noneMatch(alert -> sound.isMetBy(alert.onsetSeconds()))) {
        lines.add(row(recording, sound.event(), sound.onsetSeconds(), "no alert, rightly", 0));
      }
    }
    falseAlerts += unmatched.size();
    for (Alert alert : unmatched) {
      lines.add(
          row(
              recording,
              alert.event(),
              alert.onsetSeconds(),
              "false alert",
              alert.peakPosterior()));
    }
  }

  private static boolean matches(TruthTable.Sound sound, Alert alert) {
    return sound.event().equals(alert.event()) && sound.isMetBy(alert.onsetSeconds());
  }

  private static String row(String recording, String event, double onset, Alert alert) {
    if (alert == null) {
      return row(recording, event, onset, "missed", 0);
    }
    double delay = Math.max(0, alert.openedSeconds() - onset);
    return row(
        recording,
        event,
        onset,
        "heard after " + Decimals.of(delay, 1) + " s",
        alert.peakPosterior());
  }

  private static String row(
      String recording, String event, double onset, String verdict, float posterior) {
    String peak = posterior > 0 ? Decimals.of(posterior, 2) : "";
    return String.format(
            "  %-26s %8s  %-14s  %-18s %s", recording, Clock.of(onset), event, verdict, peak)
        .stripTrailing();
  }

  /** Returns the table and its sum. */
  List<String> summary() {
    List<String> summary = new ArrayList<>(lines);
    summary.add("");
    summary.add(
        "Heard "
            + heard
            + " of "
            + sounds
            + " sounds, "
            + falseAlerts
            + (falseAlerts == 1 ? " false alert" : " false alerts")
            + ", in "
            + Decimals.of(seconds / 60, 1)
            + " minutes of sound.");
    return summary;
  }
}
