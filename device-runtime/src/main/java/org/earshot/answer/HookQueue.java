package org.earshot.answer;

import java.util.ArrayDeque;
import java.util.Queue;

/** Alerts that wait for the owner's program, urgent ones first. Bounded; thread-safe. */
final class HookQueue {
  private final int capacity; // of each of the two
  private final Queue<HookAlert> urgent = new ArrayDeque<>();
  private final Queue<HookAlert> others = new ArrayDeque<>();
  private boolean closed;

  HookQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Returns false when there is no place. */
  synchronized boolean offer(HookAlert alert) {
    Queue<HookAlert> queue = alert.urgent() ? urgent : others;
    if (closed || queue.size() == capacity) {
      return false;
    }
    queue.add(alert);
    notifyAll();
    return true;
  }

  /** Waits for the next alert; null after close. */
  synchronized HookAlert take(boolean urgentOnly) throws InterruptedException {
    while (!closed) {
      HookAlert alert = urgent.poll();
      if (alert == null && !urgentOnly) {
        alert = others.poll();
      }
      if (alert != null) {
        return alert;
      }
      wait();
    }
    return null;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
