package org.earshot.audio.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The microphones of this machine, as each kind of source names them. Thread-safe; asks anew each
 * time.
 */
public final class CaptureDevices {
  private static final int LIST_SECONDS = 5;
  private static final int MAX_LIST_BYTES = 1 << 20;

  private CaptureDevices() {}

  /**
   * Returns those that {@link JavaSoundSource} can open; the first is the system's default.
   *
   * @throws IOException when this run-time image has no Java Sound
   */
  public static List<CaptureDevice> list() throws IOException {
    try {
      return JavaSoundDevices.list();
    } catch (LinkageError e) {
      throw JavaSoundSource.noJavaSound(e);
    }
  }

  /**
   * Returns what {@link ProcessSource#arecord} can open: ALSA's names, as {@code arecord -L} tells.
   *
   * @throws IOException when the program is not installed or fails
   */
  public static List<CaptureDevice> listAlsa() throws IOException {
    return listAlsa(Map.of());
  }

  static List<CaptureDevice> listAlsa(Map<String, String> environment) throws IOException {
    return parseAlsa(lines(environment, "arecord", "-L"));
  }

  /**
   * Returns what {@link ProcessSource#parec} can open: PulseAudio's and PipeWire's sources, as
   * {@code pactl} tells.
   *
   * @throws IOException when the program is not installed or no sound server runs
   */
  public static List<CaptureDevice> listPulse() throws IOException {
    return listPulse(Map.of());
  }

  static List<CaptureDevice> listPulse(Map<String, String> environment) throws IOException {
    return parsePulse(lines(environment, "pactl", "list", "short", "sources"));
  }

  /** A name begins its line; the lines of its description are indented. */
  static List<CaptureDevice> parseAlsa(List<String> lines) {
    List<CaptureDevice> devices = new ArrayList<>();
    String name = null;
    StringBuilder description = new StringBuilder();
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0))) {
        description.append(description.isEmpty() ? "" : ", ").append(line.strip());
        continue;
      }
      add(devices, name, description.toString());
      name = line.strip();
      description.setLength(0);
    }
    add(devices, name, description.toString());
    return List.copyOf(devices);
  }

  /** Index, name, driver, format and state, separated by tabs. */
  static List<CaptureDevice> parsePulse(List<String> lines) {
    List<CaptureDevice> devices = new ArrayList<>();
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      if (columns.length >= 4) {
        add(devices, columns[1], columns[3]);
      }
    }
    return List.copyOf(devices);
  }

  private static void add(List<CaptureDevice> devices, String name, String description) {
    if (name != null && !name.equals("null")) { // ALSA's endless silence is no microphone
      devices.add(new CaptureDevice(devices.size(), name, description));
    }
  }

  private static List<String> lines(Map<String, String> environment, String... command)
      throws IOException {
    Process process = Programs.start(List.of(command), environment, true);
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readNBytes(MAX_LIST_BYTES);
      if (!process.waitFor(LIST_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("'" + command[0] + "' does not end; try it by hand");
      }
      String text = new String(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            "'" + String.join(" ", command) + "' failed: " + text.strip().replace('\n', ' '));
      }
      return text.lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
