package org.earshot.answer;

import java.util.List;

/**
 * How a run of the owner's program ended.
 *
 * @param exitStatus of the program; -1 when it did not start, was killed or was not waited for
 * @param outcome what happened
 * @param lastLines of its output, as they may stand in a log
 */
public record HookResult(HookAlert alert, Outcome outcome, int exitStatus, List<String> lastLines) {

  /** What happened to the program. */
  public enum Outcome {
    EXITED,
    /** Not there, or not to be run. */
    NOT_STARTED,
    /** Killed after its time limit. */
    TIMED_OUT,
    /** The device stopped meanwhile. */
    STOPPED
  }
}
