package org.earshot.clip;

/** Receives clips on the thread that pushes samples; must hand over what takes time. */
@FunctionalInterface
public interface ClipSink {
  /** Takes a clip that is complete; one call an alert. */
  void ready(Clip clip);

  /**
   * Tells that there is no clip of an alert: none of its samples was held any more, or too many
   * clips were under way.
   */
  default void lost(String id, String event) {}
}
