package org.earshot.verification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.earshot.training.Example;
import org.earshot.training.SpecAugment;

/**
 * An endless, reproducible supply of training batches: clips of scenes, each used several times
 * with fresh masks, and false alerts of the device.
 *
 * <p>Clips are made ahead on the executor and kept in the run's {@code clips.bin}. What a batch
 * holds depends on the seed and its index only. Single-threaded to its caller.
 */
final class VerifierBatches implements AutoCloseable {
  private static final int AHEAD = 24;
  private static final int CACHED_BATCHES = 300;

  private final ClipSource source;
  private final HardNegatives negatives;
  private final VerifierOptions options;
  private final ExecutorService executor;
  private final ExampleStore store;
  private final Deque<Future<Example>> rendering = new ArrayDeque<>();
  private final List<Example> cache = new ArrayList<>();
  private final int fresh;
  private long next; // scene that is submitted next
  private long taken; // scenes that were taken

  VerifierBatches(
      Path run,
      ClipSource source,
      HardNegatives negatives,
      VerifierOptions options,
      int firstBatch,
      ExecutorService executor)
      throws IOException {
    this.source = source;
    this.negatives = negatives;
    this.options = options;
    this.executor = executor;
    this.fresh = Math.max(1, options.sceneClips() / options.reuse());
    int steps = options.steps();
    this.store =
        new ExampleStore(
            run.resolve("clips.bin"),
            steps * options.encoding().inputs(),
            steps * options.outputs());
    long before = clipsBefore(firstBatch);
    taken = Math.max(0, before - (long) CACHED_BATCHES * options.sceneClips());
    next = taken;
    while (taken < before) {
      cache.add(take());
    }
  }

  /** The batch of this index; indices are asked for in order. */
  List<Example> next(int index) throws IOException {
    SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003L + index);
    int bands = options.device().features().melBands();
    List<Example> chosen = new ArrayList<>();
    for (long i = clipsBefore(index); i < clipsBefore(index + 1); i++) {
      Example clip = take();
      cache.add(clip);
      chosen.add(clip);
    }
    int hard = negatives.isEmpty() ? 0 : options.hardClips();
    while (chosen.size() < options.batch() - hard) {
      chosen.add(cache.get(random.nextInt(cache.size())));
    }
    while (chosen.size() < options.batch()) {
      chosen.add(negatives.draw(random));
    }
    int excess = cache.size() - CACHED_BATCHES * options.sceneClips();
    if (excess > 0) {
      cache.subList(0, excess).clear();
    }
    List<Example> batch = new ArrayList<>();
    for (Example example : chosen) {
      batch.add(SpecAugment.masked(example, bands, random));
    }
    Collections.shuffle(batch, new Random(random.nextLong()));
    return batch;
  }

  /** Clips made for all batches before this one: some ahead, so that the first ones vary. */
  private long clipsBefore(int batch) {
    return (batch == 0 ? 0 : 16L * options.sceneClips()) + (long) batch * fresh;
  }

  private Example take() throws IOException {
    if (taken < store.count()) {
      next = Math.max(next, taken + 1);
      return store.get((int) taken++);
    }
    while (rendering.size() < AHEAD) {
      long seed = options.seed() * 0x9E3779B97F4A7C15L + next++;
      rendering.add(executor.submit(() -> source.example(seed)));
    }
    Example clip = HardNegatives.result(rendering.remove());
    if (taken == store.count()) {
      store.add(clip);
    }
    taken++;
    return clip;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
