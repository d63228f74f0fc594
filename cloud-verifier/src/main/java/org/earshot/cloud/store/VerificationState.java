package org.earshot.cloud.store;

/** How far the second step has come with an event. */
public enum VerificationState {
  /** No clip will come, so nothing can be verified. */
  NOT_EXPECTED,
  /** The clip has not come yet. */
  WAITING,
  /** Event and clip are there; a worker may claim it. */
  READY,
  /** A worker has it, until its lease ends. */
  CLAIMED,
  /** There is a verdict of a model. */
  DONE,
  /** The clip cannot be verified, however often it is tried. */
  GAVE_UP
}
