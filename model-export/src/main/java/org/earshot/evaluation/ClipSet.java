package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.model.EventLabels;
import org.earshot.simulation.EmptyClips;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.Soundscape;

/**
 * Whole clips to be told apart: the validation part of a library, each in a second of faint noise
 * before and after.
 *
 * <p>There is hardly a smoke alarm and no carbon-monoxide alarm among them, so cadences rendered in
 * a quiet room stand beside. Those are no recordings of T3 and T4 alarms, and a report must say so.
 */
final class ClipSet {

  /** Rendered alarms of each of the two kinds. */
  static final int RENDERED_PER_EVENT = 24;

  private static final double RENDERED_RATIO_DB = 24;
  private static final double RENDERED_SECONDS = 14;
  private static final int PADDING_SAMPLES = 16_000;
  private static final float NOISE_RMS = 3e-4f;

  /**
   * One clip.
   *
   * @param label what it is
   * @param unclear events that it may or may not hold
   * @param samples 16 kHz, padded
   */
  @SuppressWarnings("ArrayRecordComponent") // heard once, compared nowhere
  record PaddedClip(String label, List<String> unclear, float[] samples) {}

  private final List<PaddedClip> clips;
  private final int rendered;

  private ClipSet(List<PaddedClip> clips, int rendered) {
    this.clips = clips;
    this.rendered = rendered;
  }

  static ClipSet of(ClipLibrary library, long seed) {
    List<PaddedClip> clips = new ArrayList<>();
    for (Clip clip : library.clips(Part.VALIDATION)) {
      String label = clip.label();
      if (isClear(clip)) {
        Random random = new Random(seed ^ clip.path().hashCode());
        clips.add(
            new PaddedClip(label, unclear(label, clip.path()), padded(clip.samples(), random)));
      }
    }
    List<PaddedClip> rendered = rendered(library, seed);
    clips.addAll(rendered);
    return new ClipSet(clips, rendered.size());
  }

  /**
   * Not so a mislabelled recording, impacts of a game, cuts without their sound: no one could say
   * what these are.
   */
  private static boolean isClear(Clip clip) {
    return !clip.label().equals("fire_alarm")
        && !clip.label().startsWith("other_default_")
        && !EmptyClips.lacksItsSound(clip);
  }

  /** The clips that are of no event. */
  static List<Clip> negatives(List<Clip> clips) {
    return clips.stream()
        .filter(clip -> isClear(clip) && !EventLabels.STANDARD.contains(clip.label()))
        .toList();
  }

  List<PaddedClip> clips() {
    return clips;
  }

  /** How many of the clips are rendered alarms. */
  int rendered() {
    return rendered;
  }

  /** Curve of an event from the score of each clip; clips that may hold it are on neither side. */
  ScoreCurve curve(String event, float[] scores) {
    int kept = 0;
    float[] values = new float[scores.length];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (!clips.get(i).unclear().contains(event)) {
        values[kept] = scores[i];
        positive[kept] = clips.get(i).label().equals(event);
        kept++;
      }
    }
    return ScoreCurve.of(Arrays.copyOf(values, kept), Arrays.copyOf(positive, kept));
  }

  /** The same judgement as the simulator's spans of no concern. */
  static List<String> unclear(String label, String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return switch (label) {
      case "door_open", "other_kitchen_cupboard" -> List.of("door_close");
      case "other_glass_hit", "other_ceramic_break" -> List.of("glass_break");
      case "other_car_alarm" -> List.of("siren");
      case "other_smash" -> {
        List<String> events = new ArrayList<>();
        if (name.contains("door_")) {
          events.addAll(List.of("door_knock", "door_close"));
        }
        if (name.contains("glass") || name.contains("vehicle")) {
          events.add("glass_break");
        }
        yield events;
      }
      default -> List.of();
    };
  }

  static float[] padded(float[] samples, Random random) {
    float[] out = new float[samples.length + 2 * PADDING_SAMPLES];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (NOISE_RMS * random.nextGaussian());
    }
    for (int i = 0; i < samples.length; i++) {
      out[PADDING_SAMPLES + i] += samples[i];
    }
    return out;
  }

  private static List<PaddedClip> rendered(ClipLibrary library, long seed) {
    SceneSpec spec =
        SceneSpec.validationStream()
            .withDurationSeconds(RENDERED_SECONDS)
            .withRatiosDb(List.of(RENDERED_RATIO_DB))
            .withEmptyShare(0)
            .withClassWeights(SceneSpec.onlyAlarms());
    SceneSimulator simulator = new SceneSimulator(library, Part.VALIDATION, spec);
    List<PaddedClip> clips = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (int draw = 0; clips.size() < 2 * RENDERED_PER_EVENT && draw < 1000; draw++) {
      Soundscape scene = simulator.render(seed * 1_000_000L + 500_000L + draw);
      if (scene.events().size() == 1 && scene.distractors().isEmpty()) {
        String label = scene.events().get(0).label();
        if (taken.merge(label, 1, Integer::sum) <= RENDERED_PER_EVENT) {
          clips.add(new PaddedClip(label, List.of(), scene.samples()));
        }
      }
    }
    return clips;
  }
}
