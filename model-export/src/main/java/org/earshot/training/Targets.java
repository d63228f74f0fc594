package org.earshot.training;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.earshot.model.EventLabels;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;

/**
 * Turns a scene's truth into targets for each network step.
 *
 * <p>The outputs are the events of {@link EventLabels#STANDARD}, then auxiliary heads that help the
 * shared layers and are not exported: {@value #BEEP}, on during every alarm and every beep-like
 * distractor, and one for each kind of distractor, so that what must not raise an alert has a name.
 * Onsets and offsets are uncertain, so steps close to them carry no weight: {@link
 * #ONSET_TOLERANCE} around an onset, a label's own tail after an offset. Short sounds stay on for
 * at least {@link #SHORTEST} so that the network may decide after it has heard enough.
 *
 * <p>Where a teacher's tags are given, one more auxiliary head for each of its classes follows
 * ({@link TagStates}): on while a sound of that class is there, without weight where the teacher
 * was not sure or did not hear the sound, and where the background may hold it. Immutable.
 */
public final class Targets {
  static final String BEEP = "beep";

  /** Weight of a step of an auxiliary head, against 1 for an event's. */
  private static final float AUXILIARY_WEIGHT = 0.5f;

  /**
   * Weight of a step of all heads of tags together, most of it don't care or off. It makes their
   * active steps weigh 0.4 of those of the other auxiliary heads and an eighth of the events',
   * however many classes there are.
   */
  private static final float TAGS_WEIGHT = 10;

  private static final double ONSET_TOLERANCE = 0.12;
  private static final double SHORTEST = 0.6;
  private static final double AUXILIARY_TAIL = 1;
  private static final Set<String> BEEPS =
      Set.of(
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

  /** Kinds of distractor: each list is one auxiliary head. */
  private static final List<Set<String>> KINDS =
      List.of(
          Set.of("alarm_clock"),
          Set.of("microwave"),
          Set.of("appliance_beep"),
          Set.of("medical_beep"),
          Set.of("phone_ring"),
          Set.of("ui_sound"),
          Set.of("doorbell"),
          Set.of("low_battery"),
          Set.of("other_car_horn", "other_car_alarm", "reversing_beep"),
          Set.of("other_smash", "other_ceramic_break", "other_glass_hit", "other_metal_plate"),
          Set.of(
              "other_kitchen_plates",
              "other_kitchen_clean_dishes",
              "other_kitchen_cutlery",
              "other_kitchen_chopping",
              "other_keysDrop",
              "other_can_opening"),
          Set.of(
              "other_kitchen_cupboard",
              "other_kitchen_drawer",
              "other_kitchen_book",
              "other_drawer",
              "door_open"),
          Set.of("other_floor_impact"),
          Set.of("other_clapping"),
          Set.of("door_creak"),
          Set.of("speech"),
          Set.of("other_laughing", "other_laughter"),
          Set.of("other_cat"),
          Set.of("other_cough", "other_coughing", "other_sneezing", "other_clearthroat"),
          Set.of("other_snoring", "other_breathing"),
          Set.of("music", "other_instrument"),
          Set.of("other_animal"),
          Set.of("other_vehicle"),
          Set.of("other_impact", "other_explosion"));

  private static final int BEEP_OUTPUT = EventLabels.STANDARD.size();

  /** Outputs in training without tags: events, {@value #BEEP}, kinds of distractor. */
  public static final int COUNT = BEEP_OUTPUT + 1 + KINDS.size();

  private final double stepSeconds;
  private final float positiveWeight;
  private final TagStates tags;
  private final float tagWeight;
  private final int outputs;

  Targets(double stepSeconds, double positiveWeight, TagStates tags) {
    this.stepSeconds = stepSeconds;
    this.positiveWeight = (float) positiveWeight;
    this.tags = tags;
    this.tagWeight = Math.min(AUXILIARY_WEIGHT, TAGS_WEIGHT / Math.max(1, tags.count()));
    this.outputs = COUNT + tags.count();
  }

  /** Outputs of the network in training. */
  int outputs() {
    return outputs;
  }

  /**
   * Writes the targets of a scene.
   *
   * @param targets [steps][{@link #outputs}]
   * @param weights [steps][{@link #outputs}]
   */
  void encode(Soundscape scene, byte[] targets, float[] weights) {
    Arrays.fill(targets, (byte) 0);
    for (int at = 0; at < weights.length; at++) {
      weights[at] = weightOf(at % outputs);
    }
    for (TruthEvent event : scene.events()) {
      int output = EventLabels.STANDARD.indexOf(event.label());
      mark(event, output, tailSeconds(event.label()), targets, weights);
      markBeep(event, targets, weights);
    }
    for (TruthEvent distractor : scene.distractors()) {
      markBeep(distractor, targets, weights);
      for (int kind = 0; kind < KINDS.size(); kind++) {
        if (KINDS.get(kind).contains(distractor.label())) {
          mark(distractor, BEEP_OUTPUT + 1 + kind, AUXILIARY_TAIL, targets, weights);
        }
      }
    }
    for (TruthEvent span : scene.dontCare()) {
      int output = EventLabels.STANDARD.indexOf(span.label());
      if (output >= 0) {
        forSteps(
            span.onsetSeconds(), span.offsetSeconds(), targets, at -> weights[at + output] = 0);
      }
    }
    if (tags.count() > 0) {
      encodeTags(scene, targets, weights);
    }
  }

  private float weightOf(int output) {
    if (output >= COUNT) {
      return tagWeight;
    }
    return output < BEEP_OUTPUT ? 1 : AUXILIARY_WEIGHT;
  }

  private void encodeTags(Soundscape scene, byte[] targets, float[] weights) {
    for (List<TruthEvent> sounds : List.of(scene.events(), scene.distractors())) {
      for (TruthEvent sound : sounds) {
        byte[] states = tags.of(sound);
        for (int tag = 0; tag < states.length; tag++) {
          if (states[tag] == TagStates.PRESENT) {
            mark(sound, COUNT + tag, AUXILIARY_TAIL, 1, targets, weights);
          }
        }
        forgive(states, sound.onsetSeconds(), sound.offsetSeconds(), targets, weights);
      }
    }
    for (TruthEvent span : scene.dontCare()) { // slivers of events, among others
      forgive(tags.of(span), span.onsetSeconds(), span.offsetSeconds(), targets, weights);
    }
    byte[] background = tags.of(scene.backgroundSources());
    forgive(background, 0, scene.durationSeconds(), targets, weights);
  }

  /** Takes the weight of what is not on and not known to be off. */
  private void forgive(byte[] states, double from, double to, byte[] targets, float[] weights) {
    forSteps(
        from - ONSET_TOLERANCE,
        Math.max(to, from + SHORTEST) + AUXILIARY_TAIL,
        targets,
        at -> {
          for (int tag = 0; tag < states.length; tag++) {
            if (states[tag] != TagStates.ABSENT && targets[at + COUNT + tag] == 0) {
              weights[at + COUNT + tag] = 0;
            }
          }
        });
  }

  private void markBeep(TruthEvent sound, byte[] targets, float[] weights) {
    if (BEEPS.contains(sound.label())) {
      mark(sound, BEEP_OUTPUT, AUXILIARY_TAIL, targets, weights);
    }
  }

  /**
   * What an active step of an event weighs against one of a common, long event: the root of how
   * much rarer such steps are in training scenes, so that short sounds are learnt as well.
   */
  private static float rarity(String label) {
    return switch (label) {
      case "door_close" -> 2.6f;
      case "glass_break", "door_knock" -> 2;
      default -> 1;
    };
  }

  private void mark(TruthEvent event, int output, double tail, byte[] targets, float[] weights) {
    mark(event, output, tail, rarity(event.label()), targets, weights);
  }

  private void mark(
      TruthEvent event, int output, double tail, float rarity, byte[] targets, float[] weights) {
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
          weights[at + output] = positiveWeight * weightOf(output) * rarity;
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
    int steps = targets.length / outputs;
    int first = Math.max(0, (int) Math.ceil(from / stepSeconds));
    int last = Math.min(steps - 1, (int) Math.floor(to / stepSeconds));
    for (int step = first; step <= last; step++) {
      action.accept(step * outputs);
    }
  }
}
