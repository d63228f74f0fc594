package org.earshot.answer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Plays through a program that reads signed 16-bit little-endian mono samples from its standard
 * input, such as aplay or pw-play. Needs no java.desktop.
 */
public final class ProcessOutput implements SoundOutput {
  private static final String RATE = "{rate}";
  private static final int DRAIN_SECONDS = 10;
  private static final int MESSAGE_BYTES = 400;

  private final List<String> command;

  /**
   * Names the program.
   *
   * @param command its arguments, the program first; {@code {rate}} stands for the sample rate
   */
  public ProcessOutput(List<String> command) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no program to play sounds with");
    }
    this.command = List.copyOf(command);
  }

  /** Returns ALSA's player on a device such as {@code default} or {@code hw:1}. */
  public static ProcessOutput aplay(String device) {
    return new ProcessOutput(
        List.of(
            "aplay", "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", RATE, "-"));
  }

  @Override
  public String name() {
    return command.get(0);
  }

  @Override
  public Line open(int sampleRateHz) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String argument : command) {
      arguments.add(argument.replace(RATE, Integer.toString(sampleRateHz)));
    }
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    try {
      return new Playing(builder.start());
    } catch (IOException e) {
      throw new IOException(
          "cannot run '" + command.get(0) + "'; install it or name another program", e);
    }
  }

  private final class Playing implements Line {
    private final Process process;
    private final OutputStream samples;
    private final InputStream messages;

    Playing(Process process) {
      this.process = process;
      samples = process.getOutputStream();
      messages = process.getInputStream();
    }

    @Override
    public void write(byte[] pcm, int offset, int length) throws IOException {
      try {
        samples.write(pcm, offset, length);
        samples.flush();
      } catch (IOException e) {
        throw new IOException(failure(), e);
      }
    }

    @Override
    public void drain() throws IOException {
      try {
        samples.close();
        if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("'" + name() + "' does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while '" + name() + "' played", e);
      }
      if (process.exitValue() != 0) {
        throw new IOException(failure());
      }
    }

    private String failure() {
      String text = "";
      try {
        process.waitFor(1, TimeUnit.SECONDS); // it has closed its input, so it is ending
        text =
            new String(
                messages.readNBytes(Math.min(MESSAGE_BYTES, messages.available())),
                StandardCharsets.UTF_8);
      } catch (IOException e) {
        text = "it was stopped";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      String line = Printable.line(text, MESSAGE_BYTES);
      return "'" + name() + "' failed" + (line.isEmpty() ? "" : ": " + line);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        messages.close();
      } catch (IOException e) {
        // the program is gone, and so is what it had to say
      }
    }
  }
}
