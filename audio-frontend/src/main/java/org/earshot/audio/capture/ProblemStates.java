package org.earshot.audio.capture;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which problems there are; tells the log and the listener of changes, one at a time.
 *
 * <p>Thread-safe. Asking whether a problem is active neither locks nor allocates.
 */
final class ProblemStates {
  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

  private final String microphone;
  private final CaptureListener listener;
  private volatile Set<CaptureProblem> active = Set.of(); // never changed, but replaced

  ProblemStates(String microphone, CaptureListener listener) {
    this.microphone = microphone;
    this.listener = listener;
  }

  boolean isActive(CaptureProblem problem) {
    return active.contains(problem);
  }

  boolean anyActive() {
    return !active.isEmpty();
  }

  Set<CaptureProblem> all() {
    return active;
  }

  synchronized void begin(CaptureProblem problem, String detail) {
    if (isActive(problem)) {
      return;
    }
    EnumSet<CaptureProblem> now = EnumSet.of(problem);
    now.addAll(active);
    active = Collections.unmodifiableSet(now);
    LOG.warn("{}: {}: {}", microphone, problem, detail);
    try {
      listener.problem(problem, detail);
    } catch (RuntimeException e) {
      LOG.error("{}: the listener failed on {}", microphone, problem, e);
    }
  }

  synchronized void clear(CaptureProblem problem) {
    if (!isActive(problem)) {
      return;
    }
    EnumSet<CaptureProblem> now = EnumSet.copyOf(active);
    now.remove(problem);
    active = Collections.unmodifiableSet(now);
    LOG.info("{}: {} is over", microphone, problem);
    try {
      listener.cleared(problem);
    } catch (RuntimeException e) {
      LOG.error("{}: the listener failed on the end of {}", microphone, problem, e);
    }
  }
}
