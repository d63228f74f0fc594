package org.earshot.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.earshot.simulation.SceneSimulator;

/**
 * An endless, reproducible supply of training batches.
 *
 * <p>Scenes are rendered ahead on the executor. Each is used {@code reuse} times, spread over later
 * batches, with fresh masks over time and frequency: rendering is what two cores would wait for.
 * What a batch holds depends on the seed and its index only. Single-threaded to its caller.
 */
final class SceneBatches {
  private static final int AHEAD_BATCHES = 3;
  private static final int CACHED_BATCHES = 48;

  private final SceneSimulator firstScenes;
  private final SceneSimulator laterScenes;
  private final ExampleEncoder encoder;
  private final TrainingOptions options;
  private final ExecutorService executor;
  private final Deque<Future<Example>> rendering = new ArrayDeque<>();
  private final List<Example> cache = new ArrayList<>();
  private final int freshScenes;
  private long nextScene;

  SceneBatches(
      SceneSimulator firstScenes,
      SceneSimulator laterScenes,
      ExampleEncoder encoder,
      TrainingOptions options,
      int firstBatch,
      ExecutorService executor) {
    this.firstScenes = firstScenes;
    this.laterScenes = laterScenes;
    this.encoder = encoder;
    this.options = options;
    this.executor = executor;
    this.freshScenes = Math.max(1, options.batch() / options.reuse());
    // The cache is the latest scenes before this batch, so a resumed run can make it again.
    long before = scenesBefore(firstBatch);
    this.nextScene = Math.max(0, before - (long) CACHED_BATCHES * options.batch());
    int cached = (int) (before - nextScene);
    for (int i = 0; i < cached; i++) {
      submit();
    }
    for (int i = 0; i < cached; i++) {
      cache.add(take());
    }
  }

  /**
   * The batch of this index; indices are asked for in order.
   *
   * @return [batch] examples, masked copies
   */
  List<Example> next(int index) {
    while (rendering.size() < AHEAD_BATCHES * freshScenes) {
      submit();
    }
    SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003L + index);
    List<Example> batch = new ArrayList<>();
    List<Example> fresh = new ArrayList<>();
    for (long i = scenesBefore(index); i < scenesBefore(index + 1); i++) {
      fresh.add(take());
    }
    for (Example example : fresh) {
      batch.add(masked(example, random));
    }
    while (batch.size() < options.batch()) {
      batch.add(masked(cache.get(random.nextInt(cache.size())), random));
    }
    cache.addAll(fresh);
    int excess = cache.size() - CACHED_BATCHES * options.batch();
    if (excess > 0) {
      cache.subList(0, excess).clear();
    }
    return batch;
  }

  /** Scenes rendered for all batches before this one; the first two are wholly fresh. */
  private long scenesBefore(int batch) {
    int whole = Math.min(batch, 2);
    return (long) whole * options.batch() + (long) (batch - whole) * freshScenes;
  }

  private void submit() {
    SceneSimulator simulator =
        nextScene < scenesBefore(options.firstStageIterations()) ? firstScenes : laterScenes;
    long seed = options.seed() * 0x9E3779B97F4A7C15L + nextScene++;
    rendering.add(executor.submit(() -> encoder.encode(simulator.render(seed), options.steps())));
  }

  private Example take() {
    if (rendering.isEmpty()) {
      submit();
    }
    try {
      return rendering.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scene could not be rendered", e.getCause());
    }
  }

  /**
   * SpecAugment (Park et al., 2019): up to two masks over bands and one over time, half the time.
   */
  private Example masked(Example example, SplittableRandom random) {
    byte[] inputs = example.inputs().clone();
    int bands = options.features().melBands();
    int frames = inputs.length / bands;
    for (int i = 0; i < 2; i++) {
      if (random.nextBoolean()) {
        int width = 1 + random.nextInt(7);
        int first = random.nextInt(bands - width);
        for (int frame = 0; frame < frames; frame++) {
          Arrays.fill(inputs, frame * bands + first, frame * bands + first + width, (byte) 0);
        }
      }
    }
    if (random.nextInt(4) == 0) {
      int width = 1 + random.nextInt(20);
      int first = random.nextInt(frames - width);
      Arrays.fill(inputs, first * bands, (first + width) * bands, (byte) 0);
    }
    return new Example(inputs, example.targets(), example.weights());
  }
}
