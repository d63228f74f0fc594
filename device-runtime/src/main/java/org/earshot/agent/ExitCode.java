package org.earshot.agent;

/** What a run tells the shell. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  /** EX_DATAERR of sysexits.h: some input was unreadable or corrupt, the rest was processed. */
  static final int BAD_INPUT = 65;

  private ExitCode() {}
}
