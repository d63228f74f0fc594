package org.earshot.audio.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/** Finds and opens Java Sound's microphones. Thread-safe. */
final class JavaSoundDevices {
  private static final int BITS = 16;
  private static final int MAX_CHANNELS = 32;

  /** In order of preference: 48 kHz is native to most and resamples well (ADR 0002). */
  private static final int[] RATES_HZ = {48_000, 44_100, 16_000, 32_000, 96_000, 8_000};

  private JavaSoundDevices() {}

  static List<CaptureDevice> list() {
    return describe(mixers());
  }

  private static List<CaptureDevice> describe(List<Mixer.Info> mixers) {
    List<CaptureDevice> devices = new ArrayList<>();
    for (Mixer.Info mixer : mixers) {
      devices.add(new CaptureDevice(devices.size(), mixer.getName(), mixer.getDescription()));
    }
    return List.copyOf(devices);
  }

  /** Null for the default; 0 for a rate or channels of our choice. */
  static CaptureSource.Stream open(String wanted, int rateHz, int channels) throws IOException {
    List<Mixer.Info> mixers = mixers();
    int index = choose(describe(mixers), wanted);
    Mixer mixer = AudioSystem.getMixer(mixers.get(index));
    String reason = "it offers no format that can be used";
    for (AudioFormat format : formats(mixer, rateHz, channels)) {
      try {
        DataLine.Info info = new DataLine.Info(TargetDataLine.class, format);
        if (mixer.isLineSupported(info)) {
          return JavaSoundStream.open((TargetDataLine) mixer.getLine(info), format);
        }
      } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
        reason = e.getMessage();
      }
    }
    throw new IOException(
        "capture device '"
            + mixers.get(index).getName()
            + "' cannot be opened: "
            + reason
            + "; see whether another program holds it, and whether this user is in group audio");
  }

  /** Returns the index of the device that is meant. */
  static int choose(List<CaptureDevice> devices, String wanted) throws IOException {
    if (devices.isEmpty()) {
      throw new IOException(
          "no capture device"
              + (wanted == null ? "" : " '" + wanted + "'")
              + "; found none: plug in a microphone, and see that this user is in group audio");
    }
    if (wanted == null) {
      return 0;
    }
    for (CaptureDevice device : devices) {
      if (device.name().equalsIgnoreCase(wanted)) {
        return device.index();
      }
    }
    if (wanted.matches("[0-9]{1,4}") && Integer.parseInt(wanted) < devices.size()) {
      return Integer.parseInt(wanted);
    }
    for (CaptureDevice device : devices) {
      if (contains(device.name() + " " + device.description(), wanted)) {
        return device.index();
      }
    }
    throw new IOException(
        "no capture device '"
            + wanted
            + "'; found: "
            + devices.stream()
                .map(device -> device.index() + " " + device.name())
                .collect(Collectors.joining(", ")));
  }

  /** "hw:1" is a part of "plughw:1,0" and none of "plughw:10,0". */
  private static boolean contains(String text, String wanted) {
    String inText = text.toLowerCase(Locale.ROOT);
    String part = wanted.toLowerCase(Locale.ROOT);
    boolean number = Character.isDigit(part.charAt(part.length() - 1));
    for (int at = inText.indexOf(part); at >= 0; at = inText.indexOf(part, at + 1)) {
      int end = at + part.length();
      if (!number || end == inText.length() || !Character.isDigit(inText.charAt(end))) {
        return true;
      }
    }
    return false;
  }

  private static List<Mixer.Info> mixers() {
    List<Mixer.Info> mixers = new ArrayList<>();
    for (Mixer.Info info : AudioSystem.getMixerInfo()) {
      if (AudioSystem.getMixer(info).isLineSupported(new Line.Info(TargetDataLine.class))) {
        mixers.add(info);
      }
    }
    return mixers;
  }

  /**
   * Every format that may work, best first. Mono comes first because ALSA averages when it makes
   * one channel of two; of more than it was asked for, only some would be heard.
   */
  private static List<AudioFormat> formats(Mixer mixer, int rateHz, int channels) {
    int[] rates = rateHz > 0 ? new int[] {rateHz} : RATES_HZ;
    TreeSet<Integer> counts = new TreeSet<>();
    if (channels > 0) {
      counts.add(channels);
    } else {
      counts.add(1);
      counts.add(2);
      for (Line.Info line : mixer.getTargetLineInfo(new Line.Info(TargetDataLine.class))) {
        if (line instanceof DataLine.Info data) {
          for (AudioFormat format : data.getFormats()) {
            if (format.getChannels() >= 1 && format.getChannels() <= MAX_CHANNELS) {
              counts.add(format.getChannels());
            }
          }
        }
      }
    }
    List<AudioFormat> formats = new ArrayList<>();
    for (int count : counts) {
      for (int rate : rates) {
        formats.add(new AudioFormat(rate, BITS, count, true, false));
      }
    }
    return formats;
  }
}
