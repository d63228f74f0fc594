package org.earshot.cloud.verify;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;

/**
 * Asks a model with patience that ends: a call that does not return is left behind on its thread,
 * and the next call gets another.
 *
 * <p>A thread cannot be ended from outside, so those that hang are counted, and the caller must
 * stop asking when there are too many. One caller at a time; its model thread is {@code judge-N}.
 */
final class TimedVerifier {
  /** The model failed, or does not answer. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean hung;

    FailedException(String message, boolean hung, Throwable cause) {
      super(message, cause);
      this.hung = hung;
    }

    boolean isHung() {
      return hung;
    }
  }

  private final Verifier verifier;
  private final Duration patience;
  private final String threadName;
  private final AtomicInteger hanging; // of all callers together
  private SynchronousQueue<FutureTask<Opinion>> tasks; // to the thread that works; null without one
  private Thread worker; // the latest one; null before the first

  TimedVerifier(Verifier verifier, Duration patience, String threadName, AtomicInteger hanging) {
    this.verifier = verifier;
    this.patience = patience;
    this.threadName = threadName;
    this.hanging = hanging;
  }

  /** Returns what the model says; throws when it fails, says nonsense or does not answer. */
  Opinion judge(float[] samples, EventMessage event) throws FailedException, InterruptedException {
    if (tasks == null) {
      tasks = start();
    }
    Hang hang = new Hang();
    FutureTask<Opinion> task =
        new FutureTask<>(
            () -> {
              try {
                return verifier.judge(samples, event);
              } finally {
                hang.returned();
              }
            });
    tasks.put(task);
    try {
      return checked(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new FailedException(String.valueOf(e.getCause()), false, e.getCause());
    } catch (TimeoutException e) {
      tasks = null; // the thread is left behind
      hang.begins();
      task.cancel(true);
      throw new FailedException("no answer within " + patience.toMillis() + " ms", true, e);
    } catch (InterruptedException e) {
      tasks = null;
      task.cancel(true);
      throw e;
    }
  }

  private static Opinion checked(Opinion opinion) throws FailedException {
    boolean sound =
        opinion != null
            && opinion.verdict() != null
            && opinion.verdict() != Verdict.UNVERIFIED
            && opinion.probability() >= 0
            && opinion.probability() <= 1;
    if (!sound) {
      throw new FailedException("not an opinion: " + opinion, false, null);
    }
    return opinion;
  }

  private SynchronousQueue<FutureTask<Opinion>> start() {
    SynchronousQueue<FutureTask<Opinion>> queue = new SynchronousQueue<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  FutureTask<Opinion> task = queue.take();
                  task.run();
                  if (task.isCancelled()) {
                    return; // another thread has taken its place
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // by close
              }
            },
            threadName);
    thread.setDaemon(true);
    thread.start();
    worker = thread;
    return queue;
  }

  String model() {
    return verifier.model();
  }

  /** Ends the thread when it waits for work. */
  void close() {
    if (worker != null) {
      worker.interrupt();
    }
  }

  /** Whether one call hangs; it may return at any time. */
  private final class Hang {
    private boolean hangs; // guarded by this
    private boolean returned; // guarded by this

    synchronized void begins() {
      if (!returned) {
        hangs = true;
        hanging.incrementAndGet();
      }
    }

    synchronized void returned() {
      returned = true;
      if (hangs) {
        hanging.decrementAndGet();
      }
    }
  }
}
