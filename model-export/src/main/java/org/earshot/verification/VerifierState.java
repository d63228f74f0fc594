package org.earshot.verification;

import org.earshot.training.RunState;

/** What a run has to know to go on after an interruption, and to draw its report. */
public final class VerifierState {
  /** Options that made the run; a resumed run must have the same. */
  public VerifierOptions options;

  /** SHA-256 of the device's model and of the weights that the run began with. */
  public String origin = "";

  /** Updates and validations; its own options stay empty. */
  public RunState progress = new RunState();
}
