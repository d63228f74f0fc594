package org.earshot.answer;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What was told on other threads, in order. */
final class Events {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  void add(String event) {
    events.add(event);
  }

  /** Waits for the next one. */
  String next() throws InterruptedException {
    String event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was told within 30 s");
    }
    return event;
  }

  /** The next one if it comes within a few milliseconds, else null. */
  String soon() throws InterruptedException {
    return events.poll(5, TimeUnit.MILLISECONDS);
  }

  List<String> rest() {
    return List.copyOf(events);
  }
}
