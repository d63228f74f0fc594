package org.earshot.agent.listen;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.earshot.audio.capture.CaptureListener;
import org.earshot.audio.capture.CaptureProblem;
import org.earshot.event.ProblemMessage;

/**
 * What is wrong with the device now: microphones, broker, disk. Thread-safe; the listener is told
 * of each change, on the thread that caused it, in the order of the changes: it is called under the
 * lock, so it must return at once and not call back.
 */
final class DeviceProblems {
  private static final int MOST_CHARACTERS = 256; // of a text in a message

  private final Clock clock;
  private final Map<String, ProblemMessage.Problem> problems = new LinkedHashMap<>();
  private volatile Consumer<ProblemMessage> listener = message -> {};

  DeviceProblems(Clock clock) {
    this.clock = clock;
  }

  /** Sets who is told; only the last counts. */
  void whenChanged(Consumer<ProblemMessage> newListener) {
    listener = newListener;
  }

  void begin(String kind, String source, String detail) {
    String line = detail.replaceAll("\\p{Cntrl}", " ");
    String text = line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) : line;
    synchronized (this) {
      String key = kind + '/' + source;
      ProblemMessage.Problem before = problems.get(key);
      Instant since = before == null ? clock.instant() : before.since();
      ProblemMessage.Problem now = new ProblemMessage.Problem(kind, source, text, since);
      if (now.equals(before)) {
        return;
      }
      if (before == null && problems.size() == ProblemMessage.MAX_PROBLEMS) {
        return; // so many that one more says nothing new
      }
      problems.put(key, now);
      listener.accept(message());
    }
  }

  void end(String kind, String source) {
    synchronized (this) {
      if (problems.remove(kind + '/' + source) == null) {
        return;
      }
      listener.accept(message());
    }
  }

  synchronized ProblemMessage message() {
    return new ProblemMessage(clock.instant(), new ArrayList<>(problems.values()));
  }

  /** Returns what is wrong with one source, each in a line. */
  synchronized List<String> of(String source) {
    return problems.values().stream()
        .filter(problem -> problem.source().equals(source))
        .map(problem -> problem.kind() + ": " + problem.detail())
        .toList();
  }

  /** Returns a listener for one microphone's problems. */
  CaptureListener ofMicrophone(String name) {
    return new CaptureListener() {
      @Override
      public void problem(CaptureProblem problem, String detail) {
        begin(word(problem), name, detail);
      }

      @Override
      public void cleared(CaptureProblem problem) {
        end(word(problem), name);
      }
    };
  }

  static String word(Enum<?> problem) {
    return problem.name().toLowerCase(Locale.ROOT);
  }
}
