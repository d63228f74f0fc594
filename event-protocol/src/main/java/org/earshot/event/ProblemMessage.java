package org.earshot.event;

import java.time.Instant;
import java.util.List;

/**
 * What keeps the device from doing its work at this moment; retained, empty when all is well.
 *
 * @param at when this was said
 * @param problems what is wrong, at most {@link #MAX_PROBLEMS}
 */
public record ProblemMessage(Instant at, List<Problem> problems) {
  /** Bound of what is told at once. */
  public static final int MAX_PROBLEMS = 32;

  /**
   * One thing that is wrong.
   *
   * @param kind such as {@code device_absent}, {@code silent}, {@code clips_dropped}
   * @param source which part: a microphone's name, {@code outbox}; at most 256 characters
   * @param detail one line for people that says what to do
   * @param since when it began
   */
  public record Problem(String kind, String source, String detail, Instant since) {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public Problem {
      Checks.label("kind", kind);
      Checks.text("source", source);
      Checks.text("detail", detail);
      since = Checks.moment("since", since);
    }
  }

  /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
  public ProblemMessage {
    at = Checks.moment("at", at);
    problems = List.copyOf(problems);
    Checks.range("number of problems", problems.size(), 0, MAX_PROBLEMS);
  }
}
