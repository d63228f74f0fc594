package org.earshot.guard;

/**
 * Hears what changes, in the order of the changes, on the thread that caused them.
 *
 * <p>The guard itself logs nothing of them, and is not locked meanwhile. Hand over what takes time:
 * the thread may be one that listens.
 */
public interface GuardListener {
  /**
   * Tells that the panel shows something else.
   *
   * @param cause for people: who or what
   */
  default void panelChanged(PanelState before, PanelState now, String cause) {}

  /** Tells what must survive a restart. */
  default void settingsChanged(GuardSettings settings) {}
}
