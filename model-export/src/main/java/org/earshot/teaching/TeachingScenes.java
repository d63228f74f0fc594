package org.earshot.teaching;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.evaluation.Occurrence;
import org.earshot.evaluation.Parallel;
import org.earshot.model.BaseModel;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;

/** Renders scenes with and without a sound that is being taught, and hears them with the base. */
final class TeachingScenes {
  private static final int BLOCK = 64; // scenes in memory at a time

  private final BaseModel base;
  private final String event;
  private final int threads;

  TeachingScenes(BaseModel base, String event, int threads) {
    this.base = base;
    this.event = event;
    this.threads = threads;
  }

  /** A recording of the sound, in the part that scenes are drawn from. */
  static Clip taught(String path, String source, Part part, float[] samples) {
    return new Clip(path, SceneSpec.TAUGHT, part, "taught", source, "", samples);
  }

  /** The recordings of a label as recordings of the sound. */
  static List<Clip> taught(List<Clip> clips, String label) {
    return clips.stream()
        .filter(clip -> clip.label().equals(label))
        .map(c -> taught(c.path(), c.sourceId(), c.part(), c.samples()))
        .toList();
  }

  /**
   * Renders scenes that hold the sound.
   *
   * @param examples clips of {@link #taught}
   * @param others what else may be heard; those of the events that ship are left out
   * @param count of scenes
   */
  List<TaughtStream> with(
      List<Clip> examples, List<Clip> others, Part part, SceneSpec spec, int count, long seed)
      throws IOException {
    List<Clip> clips = new ArrayList<>(examples);
    others.stream().filter(clip -> !clip.label().equals(SceneSpec.TAUGHT)).forEach(clips::add);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    examples.forEach(clip -> numbers.put(clip.path(), numbers.size()));
    return render(new SceneSimulator(ClipLibrary.of(clips), part, spec), count, seed, numbers);
  }

  /** Renders scenes of everything else. */
  List<TaughtStream> without(List<Clip> others, Part part, SceneSpec spec, int count, long seed)
      throws IOException {
    return render(new SceneSimulator(ClipLibrary.of(others), part, spec), count, seed, Map.of());
  }

  private List<TaughtStream> render(
      SceneSimulator simulator, int count, long seed, Map<String, Integer> numbers)
      throws IOException {
    List<TaughtStream> streams = new ArrayList<>();
    for (long first = seed; first < seed + count; first += BLOCK) {
      List<Long> seeds =
          LongStream.range(first, Math.min(seed + count, first + BLOCK)).boxed().toList();
      streams.addAll(
          Parallel.map(
              seeds,
              threads,
              () -> {
                HiddenSource source = new HiddenSource(base, FeatureSpec.standard());
                return scene -> stream(simulator.render(scene), source, numbers);
              }));
    }
    return streams;
  }

  private TaughtStream stream(Soundscape scene, HiddenSource source, Map<String, Integer> numbers) {
    List<Occurrence> parts = new ArrayList<>();
    List<Occurrence> unclear = new ArrayList<>();
    List<Occurrence> others = new ArrayList<>();
    int example = TaughtStream.NONE;
    for (TruthEvent each : scene.events()) {
      Integer number = numbers.get(each.source());
      if (number == null) {
        others.add(occurrence(each, each.label()));
      } else {
        example = number;
        parts.add(occurrence(each, event));
      }
    }
    for (TruthEvent each : scene.dontCare()) {
      if (numbers.containsKey(each.source())) {
        unclear.add(occurrence(each, event));
      }
    }
    scene.distractors().forEach(each -> others.add(occurrence(each, each.label())));
    return new TaughtStream(
        source.track(scene.samples()), scene.durationSeconds(), example, parts, unclear, others);
  }

  private static Occurrence occurrence(TruthEvent event, String label) {
    return new Occurrence(
        label, event.onsetSeconds(), event.offsetSeconds(), event.eventToBackgroundDb());
  }
}
