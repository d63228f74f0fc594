package org.earshot.audio.capture;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Starts programs, and says how to get those that are missing. */
final class Programs {
  private static final Map<String, String> DEBIAN_PACKAGES =
      Map.of(
          "arecord", "alsa-utils",
          "parec", "pulseaudio-utils",
          "pactl", "pulseaudio-utils",
          "pw-record", "pipewire-bin",
          "ffmpeg", "ffmpeg");

  private Programs() {}

  /**
   * Starts a program whose messages are in English.
   *
   * @throws IOException when it is not installed or cannot be run, with what to do
   */
  static Process start(List<String> command, Map<String, String> environment, boolean mergeErrors)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(mergeErrors);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      String program = command.get(0);
      if (isInstalled(program)) {
        throw new IOException("cannot run '" + program + "': " + e.getMessage(), e);
      }
      String debian = DEBIAN_PACKAGES.get(program);
      throw new IOException(
          "cannot run '"
              + program
              + "': it is not installed; "
              + (debian == null ? "install it" : "install the Debian package " + debian),
          e);
    }
  }

  private static boolean isInstalled(String program) {
    if (program.indexOf('/') >= 0) {
      return new File(program).exists();
    }
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator, -1)) {
      if (new File(folder, program).isFile()) {
        return true;
      }
    }
    return false;
  }
}
