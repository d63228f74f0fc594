package org.earshot.answer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;

/** Plays through Java Sound, which on Linux is ALSA. */
public final class JavaSoundOutput implements SoundOutput {
  private static final int BUFFERS_A_SECOND = 5; // 0.2 s: short to stop, long enough to be steady

  private final String device; // null for the system's default

  private JavaSoundOutput(String device) {
    this.device = device;
  }

  /** Returns the system's default loudspeaker. */
  public static JavaSoundOutput standard() {
    return new JavaSoundOutput(null);
  }

  /** Returns the loudspeaker whose name contains a text, in any case. */
  public static JavaSoundOutput named(String device) {
    return new JavaSoundOutput(device);
  }

  @Override
  public String name() {
    return "loudspeaker " + (device == null ? "default" : device);
  }

  @Override
  public Line open(int sampleRateHz) throws IOException {
    AudioFormat format = new AudioFormat(sampleRateHz, 16, 1, true, false);
    int bufferBytes = 2 * (sampleRateHz / BUFFERS_A_SECOND);
    DataLine.Info info = new DataLine.Info(SourceDataLine.class, format);
    List<String> found = new ArrayList<>();
    try {
      if (device == null && AudioSystem.isLineSupported(info)) {
        return start((SourceDataLine) AudioSystem.getLine(info), format, bufferBytes);
      }
      for (Mixer.Info mixerInfo : AudioSystem.getMixerInfo()) {
        Mixer mixer = AudioSystem.getMixer(mixerInfo);
        if (!mixer.isLineSupported(info)) {
          continue;
        }
        found.add(mixerInfo.getName());
        if (device != null && lower(mixerInfo.getName()).contains(lower(device))) {
          return start((SourceDataLine) mixer.getLine(info), format, bufferBytes);
        }
      }
    } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
      throw new IOException(name() + " cannot be used now: " + e.getMessage(), e);
    }
    throw new IOException(
        "no "
            + (device == null ? "loudspeaker" : "loudspeaker '" + device + "'")
            + "; found: "
            + (found.isEmpty() ? "none" : String.join(", ", found)));
  }

  private static Line start(SourceDataLine line, AudioFormat format, int bufferBytes)
      throws LineUnavailableException {
    line.open(format, bufferBytes);
    line.start();
    return new Playing(line);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private record Playing(SourceDataLine line) implements Line {
    @Override
    public void write(byte[] pcm, int offset, int length) throws IOException {
      if (line.write(pcm, offset, length) < length) {
        throw new IOException("the loudspeaker was closed");
      }
    }

    @Override
    public void drain() {
      line.drain();
    }

    @Override
    public void close() {
      line.stop();
      line.flush();
      line.close();
    }
  }
}
