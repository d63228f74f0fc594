package org.earshot.audio.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a program says on its standard error: keeps the end of it, and hears of overruns.
 *
 * <p>A daemon thread reads until the program ends. Memory is bounded whatever the program says.
 */
final class ProgramMessages {
  private static final int LINES = 4;
  private static final int LINE_CHARACTERS = 200;
  private static final long WAIT_MILLIS = 500;

  /** How arecord tells of an overrun. */
  private static final Pattern OVERRUN =
      Pattern.compile("overrun!!! \\(at least ([0-9]{1,9})(?:\\.[0-9]*)? ms long\\)");

  private final Deque<String> last = new ArrayDeque<>(); // guarded by itself
  private final AtomicLong lostMillis = new AtomicLong();
  private final Thread reader;

  ProgramMessages(String program, InputStream errors) {
    reader = new Thread(() -> readAll(errors), "messages-" + program);
    reader.setDaemon(true);
    reader.start();
  }

  /** Returns the last lines, after waiting a moment for the program's end; may be empty. */
  String text() throws InterruptedException {
    reader.join(WAIT_MILLIS);
    synchronized (last) {
      return String.join("; ", last);
    }
  }

  /** Returns how much the program lost since the last call, in ms. */
  long takeLostMillis() {
    return lostMillis.get() == 0 ? 0 : lostMillis.getAndSet(0);
  }

  private void readAll(InputStream errors) {
    StringBuilder line = new StringBuilder();
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
      for (int c = text.read(); c >= 0; c = text.read()) {
        if (c == '\n' || c == '\r') {
          add(line.toString());
          line.setLength(0);
        } else if (line.length() < LINE_CHARACTERS) {
          line.append((char) c);
        }
      }
    } catch (IOException e) {
      // closed, because the program was ended
    }
    add(line.toString());
  }

  private void add(String line) {
    if (line.isBlank()) {
      return;
    }
    Matcher overrun = OVERRUN.matcher(line);
    if (overrun.find()) {
      lostMillis.addAndGet(Long.parseLong(overrun.group(1)));
      return;
    }
    synchronized (last) {
      if (last.size() == LINES) {
        last.removeFirst();
      }
      last.addLast(line.strip());
    }
  }
}
