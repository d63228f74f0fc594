package org.earshot.evaluation;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.Soundscape;

/**
 * Long audio without any event, heard in blocks so that memory does not grow with its length:
 * simulated scenes with distractors only, and the negative clips that were held apart.
 *
 * <p>The same simulator, library, seed and hours give the same streams, whatever the number of
 * threads.
 */
public final class NegativeAudio {
  /** Scenes or clips in memory at a time: some 120 MB of scenes of 30 s. */
  private static final int BLOCK = 64;

  private final SceneSimulator simulator;
  private final double sceneSeconds;
  private final List<Clip> clips;
  private final long seed;
  private final int threads;

  /**
   * Prepares the audio; nothing is rendered yet.
   *
   * @param simulator of scenes that never hold an event
   * @param sceneSeconds length of its scenes
   * @param library whose held-apart clips of other sounds are heard, each once
   * @param seed of scenes and of the noise around clips
   * @param threads that render and hear
   */
  public NegativeAudio(
      SceneSimulator simulator, double sceneSeconds, ClipLibrary library, long seed, int threads) {
    this.simulator = simulator;
    this.sceneSeconds = sceneSeconds;
    this.clips = ClipSet.negatives(library.clips(Part.VALIDATION));
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * Hears so many hours of scenes, then every clip, and gives the tracks away block by block, in
   * order and from the caller's thread.
   *
   * @param sources makes a source for each thread
   */
  public void hear(
      double sceneHours,
      Supplier<PosteriorSource> sources,
      Consumer<List<CalibrationStream>> blocks)
      throws IOException {
    long scenes = (long) Math.ceil(sceneHours * 3600 / sceneSeconds - 1e-9);
    for (long first = 0; first < scenes; first += BLOCK) {
      long end = Math.min(scenes, first + BLOCK);
      List<Long> seeds = LongStream.range(seed + first, seed + end).boxed().toList();
      blocks.accept(
          heard(seeds, sources, (scene, source) -> scene(simulator.render(scene), source)));
    }
    for (int first = 0; first < clips.size(); first += BLOCK) {
      List<Clip> block = clips.subList(first, Math.min(clips.size(), first + BLOCK));
      blocks.accept(heard(block, sources, this::clip));
    }
  }

  /** What a source of each thread says about every item. */
  private <T> List<CalibrationStream> heard(
      List<T> items,
      Supplier<PosteriorSource> sources,
      BiFunction<T, PosteriorSource, CalibrationStream> hearing)
      throws IOException {
    return Parallel.map(
        items,
        threads,
        () -> {
          PosteriorSource source = sources.get();
          return item -> hearing.apply(item, source);
        });
  }

  private static CalibrationStream scene(Soundscape scene, PosteriorSource source) {
    return CalibrationStream.of(scene, source.track(scene.samples()));
  }

  /** A clip that may hold an event is of no concern to it from end to end. */
  private CalibrationStream clip(Clip clip, PosteriorSource source) {
    float[] samples = ClipSet.padded(clip.samples(), new Random(seed ^ clip.path().hashCode()));
    double seconds = samples.length / 16_000.0;
    List<Occurrence> unclear =
        ClipSet.unclear(clip.label(), clip.path()).stream()
            .map(event -> new Occurrence(event, 0, seconds, Double.NaN))
            .toList();
    return new CalibrationStream(source.track(samples), seconds, List.of(), unclear);
  }
}
