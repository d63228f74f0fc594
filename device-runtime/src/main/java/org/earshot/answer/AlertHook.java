package org.earshot.answer;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program of the owner's on each alert, with no network needed.
 *
 * <p>The program gets EARSHOT_EVENT, EARSHOT_EVENT_ID, EARSHOT_ONSET (ISO 8601, UTC),
 * EARSHOT_POSTERIOR, EARSHOT_MICROPHONE and EARSHOT_MODE in its environment and nothing on its
 * standard input. Two threads run it, {@code hook} and {@code hook-urgent}; the second is there for
 * urgent alerts alone, so that no slow program of a barking dog holds up a smoke alarm. After its
 * time limit a program and what it started are killed. {@link #alert} never blocks; what finds the
 * queue full is counted. Exit status and last lines of output are logged. Thread-safe.
 */
public final class AlertHook implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertHook.class);

  private final HookRun run;
  private final HookListener listener;
  private final HookQueue queue;
  private final List<Thread> threads;
  private final AtomicLong dropped = new AtomicLong();

  /**
   * Starts the two threads.
   *
   * @param command arguments, the program first; no shell reads them
   * @param timeLimit of a run, 100 ms to 1 h
   * @param queueLimit alerts that wait, of urgent and of other ones each, at least 1
   */
  public AlertHook(
      List<String> command, Duration timeLimit, int queueLimit, HookListener listener) {
    if (timeLimit.compareTo(Duration.ofMillis(100)) < 0
        || timeLimit.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "hook time limit is " + timeLimit.toMillis() + " ms, wanted 100 ms to 1 h");
    }
    if (queueLimit < 1) {
      throw new IllegalArgumentException("a queue of " + queueLimit + " alerts");
    }
    run = new HookRun(command, timeLimit);
    this.listener = listener;
    queue = new HookQueue(queueLimit);
    threads = List.of(thread("hook", false), thread("hook-urgent", true));
    threads.forEach(Thread::start);
  }

  private Thread thread(String name, boolean urgentOnly) {
    Thread thread = new Thread(() -> work(urgentOnly), name);
    thread.setDaemon(true);
    return thread;
  }

  /** Has the program run for an alert; returns false, and counts, when too many wait. */
  public boolean alert(HookAlert alert) {
    boolean taken = queue.offer(alert);
    if (!taken) {
      dropped.incrementAndGet();
      LOG.warn("hook: {} {} finds the queue full", alert.event(), alert.id());
    }
    return taken;
  }

  /** Returns how many alerts found the queue full. */
  public long dropped() {
    return dropped.get();
  }

  /** Kills what runs and forgets what waits. */
  @Override
  public void close() {
    queue.close();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(HookRun.KILL_MILLIS * 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(boolean urgentOnly) {
    try {
      for (HookAlert alert = queue.take(urgentOnly);
          alert != null;
          alert = queue.take(urgentOnly)) {
        finish(run.of(alert));
      }
    } catch (InterruptedException e) {
      // closed: the thread ends
    }
  }

  private void finish(HookResult result) {
    String event = result.alert().event();
    String id = result.alert().id();
    String lines = String.join(" | ", result.lastLines());
    if (result.outcome() == HookResult.Outcome.EXITED && result.exitStatus() == 0) {
      LOG.info("hook: {} {} done {}", event, id, lines);
    } else {
      LOG.warn("hook: {} {} {} {} {}", event, id, result.outcome(), result.exitStatus(), lines);
    }
    try {
      listener.finished(result);
    } catch (RuntimeException e) {
      LOG.error("hook: a listener failed", e);
    }
  }
}
