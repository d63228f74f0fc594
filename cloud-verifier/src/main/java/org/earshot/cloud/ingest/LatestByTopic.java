package org.earshot.cloud.ingest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The latest message of each topic that is not stored yet, oldest topic first. Thread-safe. */
final class LatestByTopic {
  /**
   * A message.
   *
   * @param retained whether the broker had kept it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(byte[] payload, boolean retained, Instant receivedAt) {}

  /** A topic with its latest message. */
  record Entry(String topic, Message message) {}

  private final int bound;
  private final Map<String, Message> messages = new LinkedHashMap<>(); // guarded by this
  private boolean missed; // guarded by this

  LatestByTopic(int bound) {
    this.bound = bound;
  }

  /** Keeps a message instead of an earlier one; false when there is no room. */
  synchronized boolean put(String topic, Message message) {
    if (messages.size() == bound && !messages.containsKey(topic)) {
      missed = true;
      return false;
    }
    messages.put(topic, message);
    notifyAll();
    return true;
  }

  /** Takes the next, waiting at most so long; null when none came. */
  synchronized Entry take(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (messages.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return null;
      }
      wait(left);
    }
    var first = messages.entrySet().iterator();
    var entry = first.next();
    first.remove();
    return new Entry(entry.getKey(), entry.getValue());
  }

  /** Puts back what could not be stored, unless something newer has come. */
  synchronized void putBack(Entry entry) {
    messages.putIfAbsent(entry.topic(), entry.message());
  }

  /** Returns whether something found no room since it was last asked. */
  synchronized boolean hasMissed() {
    boolean before = missed;
    missed = false;
    return before;
  }
}
