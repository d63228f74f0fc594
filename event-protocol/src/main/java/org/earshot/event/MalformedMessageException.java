package org.earshot.event;

import java.io.IOException;

/** A message that cannot be read; one line says what is wrong, where, and what to do. */
public final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_PROBLEM = 200;

  private final long offset;

  MalformedMessageException(String message, long offset, String problem, String remedy) {
    super(message + " message: " + oneLine(problem) + " (byte " + offset + "); " + remedy);
    this.offset = offset;
  }

  /** What a message says may stand in the problem: it must not forge a line of the log. */
  private static String oneLine(String problem) {
    String shortened =
        problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM) + "...";
    StringBuilder line = new StringBuilder(shortened.length());
    shortened.chars().map(c -> c < ' ' || c > '~' ? '?' : c).forEach(c -> line.append((char) c));
    return line.toString();
  }

  /** Returns the byte offset at which reading stopped. */
  public long offset() {
    return offset;
  }
}
