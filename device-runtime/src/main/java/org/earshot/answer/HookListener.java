package org.earshot.answer;

/** Hears how the owner's program fared, on the hook's thread. */
@FunctionalInterface
public interface HookListener {
  /** Tells that one run is over; one call an alert that {@link AlertHook#alert} took. */
  void finished(HookResult result);
}
