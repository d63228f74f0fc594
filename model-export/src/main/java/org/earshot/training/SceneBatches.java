package org.earshot.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.Soundscape;

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
  private Future<Soundscape> lastScene; // the one that was submitted last

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
    long last = nextScene - 1;
    this.lastScene = executor.submit(() -> render(last));
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
    long index = nextScene++;
    boolean warm =
        new SplittableRandom(options.seed() * 104_729L + index).nextDouble() < options.warmShare();
    Future<Soundscape> before = lastScene;
    Future<Soundscape> scene = executor.submit(() -> render(index));
    lastScene = scene;
    // Waits for tasks that were submitted earlier only, and so never for one that waits itself.
    rendering.add(
        executor.submit(
            () -> {
              float[] samples = warm ? before.get().samples() : new float[0];
              return encoder.encode(samples, scene.get(), options.steps());
            }));
  }

  private Soundscape render(long index) {
    SceneSimulator simulator =
        index < scenesBefore(options.firstStageIterations()) ? firstScenes : laterScenes;
    return simulator.render(options.seed() * 0x9E3779B97F4A7C15L + index);
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

  private Example masked(Example example, SplittableRandom random) {
    return SpecAugment.masked(example, options.features().melBands(), random);
  }
}
