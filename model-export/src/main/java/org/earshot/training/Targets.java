package org.earshot.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earshot.model.EventLabels;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;

/**
 * Turns a scene's truth into targets for each network step.
 *
 * <p>The outputs are the events of {@link EventLabels#STANDARD} and one auxiliary head, {@value
 * #BEEP}, which is on during every alarm and every beep-like distractor; it helps the shared layers
 * and is not exported. Onsets and offsets are uncertain, so steps close to them carry no weight:
 * {@link #ONSET_TOLERANCE} around an onset, a label's own tail after an offset. Short sounds stay
 * on for at least {@link #SHORTEST} so that the network may decide after it has heard enough.
 * Immutable.
 */
final class Targets {
  static final String BEEP = "beep";
  static final int COUNT = EventLabels.STANDARD.size() + 1;

  private static final double ONSET_TOLERANCE = 0.12;
  private static final double SHORTEST = 0.6;
  private static final List<String> BEEPS =
      List.of(
          "smoke_alarm",
          "co_alarm",
          "alarm_clock",
          "microwave",
          "appliance_beep",
          "medical_beep",
          "phone_ring",
          "doorbell",
          "low_battery",
          "reversing_beep",
          "beep");

  private final double stepSeconds;
  private final float positiveWeight;

  Targets(double stepSeconds, double positiveWeight) {
    this.stepSeconds = stepSeconds;
    this.positiveWeight = (float) positiveWeight;
  }

  /** Labels of all outputs, in order. */
  static List<String> labels() {
    List<String> labels = new ArrayList<>(EventLabels.STANDARD);
    labels.add(BEEP);
    return labels;
  }

  /**
   * Writes the targets of a scene.
   *
   * @param targets [steps][{@link #COUNT}]
   * @param weights [steps][{@link #COUNT}]
   */
  void encode(Soundscape scene, byte[] targets, float[] weights) {
    Arrays.fill(targets, (byte) 0);
    Arrays.fill(weights, 1f);
    int beep = COUNT - 1;
    for (TruthEvent event : scene.events()) {
      int output = EventLabels.STANDARD.indexOf(event.label());
      mark(event, output, tailSeconds(event.label()), targets, weights);
      if (BEEPS.contains(event.label())) {
        mark(event, beep, 1, targets, weights);
      }
    }
    for (TruthEvent distractor : scene.distractors()) {
      if (BEEPS.contains(distractor.label())) {
        mark(distractor, beep, 1, targets, weights);
      }
    }
    for (TruthEvent span : scene.dontCare()) {
      int output = EventLabels.STANDARD.indexOf(span.label());
      if (output >= 0) {
        forSteps(
            span.onsetSeconds(), span.offsetSeconds(), targets, at -> weights[at + output] = 0);
      }
    }
  }

  private void mark(TruthEvent event, int output, double tail, byte[] targets, float[] weights) {
    double onset = event.onsetSeconds();
    double offset = Math.max(event.offsetSeconds(), onset + SHORTEST);
    forSteps(
        onset - ONSET_TOLERANCE,
        offset + tail,
        targets,
        at -> {
          if (targets[at + output] == 0) {
            weights[at + output] = 0;
          }
        });
    forSteps(
        onset + ONSET_TOLERANCE,
        offset,
        targets,
        at -> {
          targets[at + output] = 1;
          weights[at + output] = positiveWeight;
        });
  }

  private static double tailSeconds(String label) {
    return switch (label) {
      case "co_alarm" -> 5.5;
      case "smoke_alarm" -> 2.5;
      case "siren", "baby_cry", "footsteps" -> 0.8;
      default -> 0.5;
    };
  }

  private interface StepAction {
    void accept(int firstOutput);
  }

  private void forSteps(double from, double to, byte[] targets, StepAction action) {
    int steps = targets.length / COUNT;
    int first = Math.max(0, (int) Math.ceil(from / stepSeconds));
    int last = Math.min(steps - 1, (int) Math.floor(to / stepSeconds));
    for (int step = first; step <= last; step++) {
      action.accept(step * COUNT);
    }
  }
}
