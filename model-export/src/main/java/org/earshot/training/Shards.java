package org.earshot.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs the parts of a batch side by side: the first on the caller's thread, the others beside. */
final class Shards {
  private Shards() {}

  /** Returns when all are done; the first failure becomes the caller's. */
  static <T> void forEach(List<T> shards, ExecutorService executor, Consumer<T> work) {
    List<Future<?>> running = new ArrayList<>();
    for (T shard : shards.subList(1, shards.size())) {
      running.add(executor.submit(() -> work.accept(shard)));
    }
    work.accept(shards.get(0));
    try {
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part of a batch failed", e.getCause());
    }
  }
}
