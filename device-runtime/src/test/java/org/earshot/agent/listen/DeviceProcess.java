package org.earshot.agent.listen;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.earshot.agent.Earshot;

/** A device in a process of its own, as {@code earshot listen}, and the lines it printed. */
final class DeviceProcess {
  private static final long DEADLINE_SECONDS = 60;

  private final Process process;
  private final Thread reading;
  private final List<String> lines = new ArrayList<>(); // guarded by itself
  private boolean ended; // guarded by lines

  private DeviceProcess(Process process) {
    this.process = process;
    reading = new Thread(this::read, "device-lines");
    reading.start();
  }

  static DeviceProcess start(Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Earshot.class.getName(), "listen"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return new DeviceProcess(builder.start());
  }

  /** Lines that a kill cut off are not among what was printed. */
  private void read() {
    StringBuilder line = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          add(line.toString());
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException e) {
      // it was killed
    }
    synchronized (lines) {
      ended = true;
      lines.notifyAll();
    }
  }

  private void add(String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  /** Waits for so many lines in all. */
  void awaitLines(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    synchronized (lines) {
      while (lines.size() < count) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (ended || millis <= 0) {
          throw new AssertionError(
              "after " + lines.size() + " lines " + (ended ? "it ended" : "nothing came"));
        }
        lines.wait(millis);
      }
    }
  }

  int lineCount() {
    synchronized (lines) {
      return lines.size();
    }
  }

  /** Ends it with SIGKILL; returns the lines that it had printed in full. */
  List<String> kill() throws InterruptedException {
    process.destroyForcibly();
    return awaitEnd();
  }

  /** Waits until it has ended; returns its lines. */
  List<String> awaitEnd() throws InterruptedException {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the device does not end");
    }
    reading.join();
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
