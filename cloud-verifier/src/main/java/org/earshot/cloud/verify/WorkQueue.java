package org.earshot.cloud.verify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.earshot.cloud.store.EventKey;

/**
 * Events that are ready and known to this process; urgent ones first, each once.
 *
 * <p>Bounded: what finds no room is in the database all the same, and found there. Thread-safe.
 */
final class WorkQueue {
  private final int capacity;
  private final ArrayDeque<EventKey> urgent = new ArrayDeque<>(); // guarded by this, as are all
  private final ArrayDeque<EventKey> others = new ArrayDeque<>();
  private final Set<EventKey> queued = new HashSet<>();
  private boolean closed;

  WorkQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Adds an event; false when there is no room. An urgent one takes the room of another. */
  synchronized boolean offer(EventKey key, boolean isUrgent) {
    if (closed) {
      return false;
    }
    if (queued.contains(key)) {
      return true;
    }
    if (queued.size() == capacity) {
      if (!isUrgent || others.isEmpty()) {
        return false;
      }
      queued.remove(others.removeLast());
    }
    queued.add(key);
    (isUrgent ? urgent : others).add(key);
    notifyAll();
    return true;
  }

  /** Takes the next, waiting at most so long. */
  synchronized Optional<EventKey> poll(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (queued.isEmpty() && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
    EventKey key = urgent.isEmpty() ? others.poll() : urgent.poll();
    if (key != null) {
      queued.remove(key);
      notifyAll();
    }
    return Optional.ofNullable(key);
  }

  /** Waits until there is room, at most so long; returns whether there is. */
  synchronized boolean awaitRoom(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (queued.size() == capacity && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return !closed;
  }

  synchronized int depth() {
    return queued.size();
  }

  /** Ends all waiting; what is queued stays in the database. */
  synchronized void close() {
    closed = true;
    queued.clear();
    urgent.clear();
    others.clear();
    notifyAll();
  }
}
