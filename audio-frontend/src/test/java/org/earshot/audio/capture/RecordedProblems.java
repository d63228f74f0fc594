package org.earshot.audio.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes down what a capture tells; tests may wait for it. */
final class RecordedProblems implements CaptureListener {
  static final long DEADLINE_SECONDS = 60;

  private final List<String> changes = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  @Override
  public synchronized void problem(CaptureProblem problem, String detail) {
    changes.add(problem.name());
    details.add(detail);
    notifyAll();
  }

  @Override
  public synchronized void cleared(CaptureProblem problem) {
    changes.add("no " + problem.name());
    notifyAll();
  }

  /** Names of problems as they began, "no NAME" as they ended. */
  synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  synchronized List<String> details() {
    return List.copyOf(details);
  }

  /** How often it was told. */
  synchronized int count(String change) {
    return Collections.frequency(changes, change);
  }

  void await(String change) throws InterruptedException {
    await(change, 1);
  }

  /** Waits until it was told so often. */
  synchronized void await(String change, int times) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (count(change) < times) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no " + change + " but " + changes + " " + details);
      }
      wait(left);
    }
  }
}
