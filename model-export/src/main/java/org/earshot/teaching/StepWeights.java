package org.earshot.teaching;

import java.util.Arrays;
import org.earshot.evaluation.Occurrence;

/** Which steps of a stream are examples of a sound, which are not, and which are neither. */
final class StepWeights {
  static final byte NO = 0;
  static final byte YES = 1;
  static final byte NEITHER = 2;

  private static final double ONSET_SECONDS = 0.12; // before a head can know
  private static final double SHORTEST_SECONDS = 0.3; // an impact is over before it is known
  private static final double TAIL_SECONDS = 0.6;

  private StepWeights() {}

  /** A value for each step. */
  static byte[] of(TaughtStream stream) {
    byte[] kinds = new byte[stream.track().steps()];
    for (Occurrence unclear : stream.unclear()) {
      mark(stream, kinds, unclear.onsetSeconds(), unclear.offsetSeconds(), NEITHER);
    }
    for (Occurrence part : stream.parts()) {
      mark(stream, kinds, part.onsetSeconds() - ONSET_SECONDS, end(part) + TAIL_SECONDS, NEITHER);
    }
    for (Occurrence part : stream.parts()) {
      mark(stream, kinds, part.onsetSeconds() + ONSET_SECONDS, end(part), YES);
    }
    return kinds;
  }

  private static double end(Occurrence part) {
    return Math.max(part.offsetSeconds(), part.onsetSeconds() + SHORTEST_SECONDS);
  }

  private static void mark(TaughtStream stream, byte[] kinds, double from, double to, byte kind) {
    double stepSeconds = stream.track().timing().hopSamples() / 16_000.0;
    double first = stream.track().heardSeconds(0);
    int begin = (int) Math.ceil((from - first) / stepSeconds);
    int end = (int) Math.floor((to - first) / stepSeconds) + 1;
    begin = Math.max(0, Math.min(kinds.length, begin));
    end = Math.max(begin, Math.min(kinds.length, end));
    Arrays.fill(kinds, begin, end, kind);
  }
}
