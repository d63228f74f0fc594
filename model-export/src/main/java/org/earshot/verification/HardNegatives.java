package org.earshot.verification;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.earshot.training.Example;

/**
 * The device's own false alerts, found once a run and kept in its folder: {@code negatives.bin} and
 * {@code negatives.tsv}, the event of each. Immutable once made.
 */
final class HardNegatives {
  private static final int BLOCK = 256;

  private final Map<String, List<Example>> byEvent = new TreeMap<>();
  private final List<String> events;
  private final double[] cumulative; // [events]: roots of their counts, added up

  private HardNegatives(List<String> labels, List<Example> examples) {
    for (int i = 0; i < labels.size(); i++) {
      byEvent.computeIfAbsent(labels.get(i), key -> new ArrayList<>()).add(examples.get(i));
    }
    events = List.copyOf(byEvent.keySet());
    cumulative = new double[events.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.sqrt(byEvent.get(events.get(i)).size());
      cumulative[i] = sum;
    }
  }

  /**
   * Reads the false alerts of a run, or finds them.
   *
   * @param source of scenes without events
   */
  static HardNegatives of(
      Path run,
      ClipSource source,
      VerifierOptions options,
      ExecutorService threads,
      PrintStream log)
      throws IOException {
    Path bytes = run.resolve("negatives.bin");
    Path list = run.resolve("negatives.tsv");
    int steps = options.steps();
    int inputs = steps * options.encoding().inputs();
    List<Example> examples = new ArrayList<>();
    if (Files.exists(list)) {
      List<String> labels = Files.readAllLines(list);
      try (ExampleStore store = new ExampleStore(bytes, inputs, steps * options.outputs())) {
        for (int i = 0; i < labels.size(); i++) {
          examples.add(store.get(i));
        }
      }
      return new HardNegatives(labels, examples);
    }
    Files.deleteIfExists(bytes);
    List<String> labels = new ArrayList<>();
    try (ExampleStore store = new ExampleStore(bytes, inputs, steps * options.outputs())) {
      for (int first = 0; first < options.negativeScenes(); first += BLOCK) {
        List<Future<List<ClipSource.FalseAlert>>> block = new ArrayList<>();
        for (int i = first; i < Math.min(options.negativeScenes(), first + BLOCK); i++) {
          long seed = options.seed() * 0x9E3779B97F4A7C15L + (1L << 40) + i;
          block.add(threads.submit(() -> source.falseAlerts(seed)));
        }
        for (Future<List<ClipSource.FalseAlert>> scene : block) {
          for (ClipSource.FalseAlert alert : result(scene)) {
            store.add(alert.example());
            examples.add(alert.example());
            labels.add(alert.event());
          }
        }
        log.printf(
            "%d false alerts of the device in %d scenes without events%n",
            labels.size(), Math.min(options.negativeScenes(), first + BLOCK));
      }
    }
    Files.write(list, labels);
    HardNegatives negatives = new HardNegatives(labels, examples);
    negatives.byEvent.forEach((event, clips) -> log.printf("  %-12s %d%n", event, clips.size()));
    return negatives;
  }

  static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scene could not be rendered", e.getCause());
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** One of them: an event by the root of its count, then any of its clips. */
  Example draw(SplittableRandom random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int index = 0;
    while (index < cumulative.length - 1 && cumulative[index] <= at) {
      index++;
    }
    List<Example> clips = byEvent.get(events.get(index));
    return clips.get(random.nextInt(clips.size()));
  }
}
