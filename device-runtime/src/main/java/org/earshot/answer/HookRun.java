package org.earshot.answer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.earshot.answer.HookResult.Outcome;

/** One run of the owner's program at a time and thread; immutable. */
final class HookRun {
  static final long KILL_MILLIS = 1_000;

  private static final int TAIL_BYTES = 4_096;
  private static final int LAST_LINES = 5;
  private static final int LINE_CHARS = 200;
  private static final long POLL_MILLIS = 50;

  private final List<String> command;
  private final Duration timeLimit;

  HookRun(List<String> command, Duration timeLimit) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no program for the hook");
    }
    this.command = List.copyOf(command);
    this.timeLimit = timeLimit;
  }

  HookResult of(HookAlert alert) throws InterruptedException {
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      describe(alert, builder.environment());
      process = builder.start();
    } catch (IOException | IllegalArgumentException e) { // no such program, or NUL in a value
      String reason = Printable.line(String.valueOf(e.getMessage()), LINE_CHARS);
      return new HookResult(alert, Outcome.NOT_STARTED, -1, List.of(reason));
    }
    try {
      return watch(alert, process);
    } finally {
      kill(process);
      close(process.getInputStream());
    }
  }

  private static void describe(HookAlert alert, Map<String, String> environment) {
    environment.put("EARSHOT_EVENT", alert.event());
    environment.put("EARSHOT_EVENT_ID", alert.id());
    environment.put("EARSHOT_ONSET", alert.onset().toString());
    environment.put("EARSHOT_POSTERIOR", String.format(Locale.ROOT, "%.3f", alert.posterior()));
    environment.put("EARSHOT_MICROPHONE", alert.microphone());
    environment.put("EARSHOT_MODE", alert.mode());
  }

  /**
   * Waits for the end and reads what is there, never more: what the program left running may hold
   * its output open for ever.
   */
  private HookResult watch(HookAlert alert, Process process) throws InterruptedException {
    InputStream output = process.getInputStream();
    Tail tail = new Tail();
    long end = System.nanoTime() + timeLimit.toNanos();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        tail.read(output);
        if (System.nanoTime() - end > 0) {
          kill(process);
          tail.read(output);
          return new HookResult(alert, Outcome.TIMED_OUT, -1, tail.lines());
        }
      }
    } catch (InterruptedException e) {
      return new HookResult(alert, Outcome.STOPPED, -1, tail.lines());
    }
    tail.read(output);
    return new HookResult(alert, Outcome.EXITED, process.exitValue(), tail.lines());
  }

  /** First asks, then forces; what it started goes with it. */
  private static void kill(Process process) throws InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    started.forEach(ProcessHandle::destroy);
    if (!process.waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private static void close(InputStream output) {
    try {
      output.close();
    } catch (IOException e) {
      // nothing was to be read any more
    }
  }

  /** The last bytes of an output. */
  private static final class Tail {
    private final byte[] bytes = new byte[2 * TAIL_BYTES];
    private int length;

    void read(InputStream output) {
      try {
        readReady(output);
      } catch (IOException e) {
        // the output is lost and the program is not: its exit status counts
      }
    }

    private void readReady(InputStream output) throws IOException {
      for (int ready = output.available(); ready > 0; ready = output.available()) {
        if (length > TAIL_BYTES) {
          System.arraycopy(bytes, length - TAIL_BYTES, bytes, 0, TAIL_BYTES);
          length = TAIL_BYTES;
        }
        int read = output.read(bytes, length, Math.min(ready, bytes.length - length));
        if (read < 0) {
          return;
        }
        length += read;
      }
    }

    List<String> lines() {
      byte[] last = Arrays.copyOfRange(bytes, Math.max(0, length - TAIL_BYTES), length);
      return Printable.lastLines(new String(last, StandardCharsets.UTF_8), LAST_LINES, LINE_CHARS);
    }
  }
}
