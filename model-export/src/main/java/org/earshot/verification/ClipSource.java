package org.earshot.verification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.earshot.dataset.ClipTags;
import org.earshot.evaluation.AlertMatch;
import org.earshot.evaluation.Detection;
import org.earshot.evaluation.Occurrence;
import org.earshot.model.SoundModel;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;
import org.earshot.training.Example;
import org.earshot.training.ExampleEncoder;

/**
 * Makes examples of numbered scenes: renders, lets the device listen, cuts, encodes. The same
 * number gives the same example, whichever thread makes it. Thread-safe.
 */
final class ClipSource {
  /** Most clips of one scene without events, each of another event. */
  private static final int MOST_NEGATIVES = 2;

  private final SceneSimulator simulator;
  private final ExampleEncoder encoder;
  private final ThreadLocal<SceneClips> clips;
  private final int steps;

  /**
   * A false alert of the device and its clip.
   *
   * @param event that the device took it for
   */
  record FalseAlert(String event, Example example) {}

  ClipSource(SceneSimulator simulator, SoundModel device, ClipTags tags, VerifierOptions options) {
    this.simulator = simulator;
    this.encoder = new ExampleEncoder(options.encoding(), tags);
    this.steps = options.steps();
    this.clips =
        ThreadLocal.withInitial(
            () ->
                new SceneClips(
                    device,
                    options.device().features(),
                    options.sensitivity(),
                    options.clipSeconds()));
  }

  /** The clip of a scene. */
  Example example(long seed) {
    Soundscape scene = simulator.render(seed);
    return encoder.encode(clips.get().clip(scene, new SplittableRandom(seed)), steps);
  }

  /** What the device raises in a scene that holds no event. */
  List<FalseAlert> falseAlerts(long seed) {
    Soundscape scene = simulator.render(seed);
    SceneClips cutter = clips.get();
    List<Detection> detections = cutter.detections(scene.samples());
    List<Detection> wrong =
        new ArrayList<>(
            AlertMatch.of(occurrences(scene.events()), occurrences(scene.dontCare()), detections)
                .falseAlerts());
    SplittableRandom random = new SplittableRandom(seed);
    List<FalseAlert> found = new ArrayList<>();
    Set<String> events = new HashSet<>();
    while (!wrong.isEmpty() && found.size() < MOST_NEGATIVES) {
      Detection alert = wrong.remove(random.nextInt(wrong.size()));
      if (events.add(alert.label())) {
        Soundscape clip = cutter.around(scene, alert.onsetSeconds(), random);
        found.add(new FalseAlert(alert.label(), encoder.encode(clip, steps)));
      }
    }
    return found;
  }

  static List<Occurrence> occurrences(List<TruthEvent> events) {
    return events.stream()
        .map(
            e ->
                new Occurrence(
                    e.label(), e.onsetSeconds(), e.offsetSeconds(), e.eventToBackgroundDb()))
        .toList();
  }
}
