package org.earshot.detect;

/** Receives alerts on the thread that pushes samples. */
@FunctionalInterface
public interface AlertSink {
  /** Takes an alert that has ended; one call an event. */
  void ended(Alert alert);

  /**
   * Tells that an alert has just opened: the moment to warn. {@link #ended} follows for the same
   * event.
   *
   * @param onsetSample where the event began
   * @param openedSample when the decision fell
   */
  default void opened(String event, long onsetSample, long openedSample) {}
}
