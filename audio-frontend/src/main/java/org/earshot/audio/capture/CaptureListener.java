package org.earshot.audio.capture;

/**
 * Is told of problems, once when each begins and once when it is over.
 *
 * <p>Called by the threads of a {@link Capture}, one call at a time, in order. An implementation
 * returns at once: while it runs, nobody reads the microphone. {@code Capture} itself has logged
 * the same before.
 */
public interface CaptureListener {

  /** A problem began; {@code detail} is one line that says what is wrong and what can be done. */
  void problem(CaptureProblem problem, String detail);

  /** The problem is over. */
  void cleared(CaptureProblem problem);
}
