package org.earshot.guard;

import java.time.Instant;

/**
 * The mode that holds, and who chose it.
 *
 * @param since when it was chosen
 * @param schedule text of the schedule that chose it, empty when a person did
 * @param before what holds again when that schedule's window ends; the mode itself when a person
 *     chose
 */
public record ModeChoice(GuardMode mode, Instant since, String schedule, GuardMode before) {
  /** Returns a person's choice. */
  public static ModeChoice byHand(GuardMode mode, Instant since) {
    return new ModeChoice(mode, since, "", mode);
  }

  /** Returns whether a schedule chose it. */
  public boolean isScheduled() {
    return !schedule.isEmpty();
  }
}
