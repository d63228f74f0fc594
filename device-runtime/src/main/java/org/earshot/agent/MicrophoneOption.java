package org.earshot.agent;

import org.earshot.agent.config.MicrophoneConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which microphone, and how it is captured. */
final class MicrophoneOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--mic",
      paramLabel = "NAME",
      description =
          "Microphone in place of the configuration's: name, part of it, or number in"
              + " 'earshot check-mic --list'.")
  private String device;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description =
          "java, arecord, parec, pw-record or ffmpeg, for --mic and --list (${DEFAULT-VALUE}).",
      defaultValue = "java")
  private String source;

  /** Whether one is named. */
  boolean isGiven() {
    return device != null;
  }

  /** The one that is named, or the source's default. */
  MicrophoneConfig microphone() {
    return new MicrophoneConfig("microphone", kind(), device);
  }

  MicrophoneConfig.Source kind() {
    try {
      return MicrophoneConfig.Source.of(source);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--source: wanted one of " + MicrophoneConfig.Source.words());
    }
  }
}
