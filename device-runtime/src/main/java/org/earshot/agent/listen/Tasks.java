package org.earshot.agent.listen;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that must not hold up a thread that listens, one piece after another: writing to disk,
 * encoding, telling.
 *
 * <p>Live, it is done on the thread {@code desk} behind a bounded queue; what finds it full is
 * lost, counted and logged. In a replay it is done at once, in the caller's thread: a recording can
 * wait, and must not run ahead of what is made of it.
 */
final class Tasks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
  private static final int CAPACITY = 4096;
  private static final long CLOSE_SECONDS = 10;
  private static final Runnable END = new End();

  private final BlockingQueue<Runnable> queue; // null in a replay
  private final Thread thread;
  private final AtomicLong lost = new AtomicLong();

  private Tasks(BlockingQueue<Runnable> queue) {
    this.queue = queue;
    thread = queue == null ? null : new Thread(this::work, "desk");
    if (thread != null) {
      thread.start();
    }
  }

  /** Ends the thread. */
  private static final class End implements Runnable {
    @Override
    public void run() {}
  }

  /** Behind a queue. */
  static Tasks queued() {
    return new Tasks(new ArrayBlockingQueue<>(CAPACITY));
  }

  /** At once. */
  static Tasks inline() {
    return new Tasks(null);
  }

  /** Does it, now or soon. */
  void run(Runnable task) {
    if (queue == null) {
      synchronized (this) {
        perform(task);
      }
    } else if (!queue.offer(task)) {
      if (lost.getAndIncrement() == 0) {
        LOG.error("the desk does not keep up: disk or processor are too slow; alerts are lost");
      }
    }
  }

  /** Returns how many were lost. */
  long lost() {
    return lost.get();
  }

  private void work() {
    try {
      for (Runnable task = queue.take(); task != END; task = queue.take()) {
        perform(task);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One task that fails must not end the others. */
  private static void perform(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("internal error, please report it", e);
    }
  }

  /** Does what is queued, then ends. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    try {
      if (queue.offer(END, CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
