package org.earshot.guard;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changed, told in order and without the guard's lock.
 *
 * <p>Added under that lock, delivered after it: whoever comes first delivers for all, so that no
 * two threads tell at once and none overtakes another. Bounded by the changes of one call of each
 * thread.
 */
final class Notifications {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final GuardListener listener;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock delivering = new ReentrantLock();

  Notifications(GuardListener listener) {
    this.listener = listener;
  }

  void add(Runnable notification) {
    waiting.add(notification);
  }

  void panel(PanelState before, PanelState now, String cause) {
    if (before != now) {
      add(() -> listener.panelChanged(before, now, cause));
    }
  }

  void settings(GuardSettings settings) {
    add(() -> listener.settingsChanged(settings));
  }

  void deliver() {
    while (!waiting.isEmpty() && delivering.tryLock()) {
      try {
        Runnable next = waiting.poll();
        if (next != null) {
          run(next);
        }
      } finally {
        delivering.unlock();
      }
    }
  }

  private static void run(Runnable notification) {
    try {
      notification.run();
    } catch (RuntimeException e) {
      LOG.error("guard: a listener failed", e);
    }
  }
}
