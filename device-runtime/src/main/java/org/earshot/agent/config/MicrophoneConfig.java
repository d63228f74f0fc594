package org.earshot.agent.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One microphone.
 *
 * @param name for people, in messages, metrics and clips
 * @param source which program or library captures
 * @param device as that source names it; null for its default
 */
public record MicrophoneConfig(String name, Source source, String device) {

  /** Ways to capture sound. */
  public enum Source {
    /** Java Sound: ALSA devices by name, part of a name or index. */
    JAVA,
    /** {@code arecord} of alsa-utils. */
    ARECORD,
    /** {@code parec}: PulseAudio, or PipeWire in its place. */
    PAREC,
    /** {@code pw-record} of PipeWire. */
    PW_RECORD,
    /** {@code ffmpeg}: an address or anything else that it opens. */
    FFMPEG;

    /** Returns the words for them in a configuration. */
    public static List<String> words() {
      return Arrays.stream(values())
          .map(source -> source.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .toList();
    }

    /**
     * Returns the source that a word names.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static Source of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** The system's default microphone through Java Sound. */
  public static MicrophoneConfig standard() {
    return new MicrophoneConfig("microphone", Source.JAVA, null);
  }

  static List<MicrophoneConfig> all(List<ConfigTable> tables) throws ConfigException {
    if (tables.isEmpty()) {
      return List.of(standard());
    }
    List<MicrophoneConfig> microphones = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigTable table : tables) {
      String name = table.text("name", "microphone");
      if (!names.add(name)) {
        throw table.wrong("name", "another name for each microphone");
      }
      Source source = Source.of(table.choice("source", "java", Source.words()));
      String device = table.text("device", null);
      if (source == Source.FFMPEG && device == null) {
        throw table.wrong("device", "what ffmpeg is to open, such as \"rtsp://camera/stream\"");
      }
      microphones.add(new MicrophoneConfig(name, source, device));
      table.rejectOthers();
    }
    return List.copyOf(microphones);
  }
}
