package org.earshot.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Runs one task over many items on a few threads, each thread with a worker of its own. */
public final class Parallel {

  /** Takes an item, gives a result; used by one thread. */
  @FunctionalInterface
  public interface Worker<T, R> {
    R work(T item) throws IOException;
  }

  private Parallel() {}

  /** The results in the order of the items; the first failure is thrown. */
  public static <T, R> List<R> map(List<T> items, int threads, Supplier<Worker<T, R>> workers)
      throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, threads),
            task -> {
              Thread thread = new Thread(task, "evaluation");
              thread.setDaemon(true);
              return thread;
            });
    ThreadLocal<Worker<T, R>> worker = ThreadLocal.withInitial(workers);
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(pool.submit(() -> worker.get().work(item)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
