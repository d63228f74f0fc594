package org.earshot.agent.listen;

import org.earshot.agent.config.MicrophoneConfig;
import org.earshot.audio.capture.CaptureSource;
import org.earshot.audio.capture.JavaSoundSource;
import org.earshot.audio.capture.ProcessSource;

/** Makes sources of sound from their configuration. */
public final class Microphones {
  private Microphones() {}

  /** Returns the source that a configuration names; nothing is opened yet. */
  public static CaptureSource source(MicrophoneConfig microphone) {
    String device = microphone.device();
    return switch (microphone.source()) {
      case JAVA -> new JavaSoundSource(device);
      case ARECORD -> ProcessSource.arecord(device == null ? "default" : device);
      case PAREC -> ProcessSource.parec(device);
      case PW_RECORD -> ProcessSource.pwRecord(device);
      case FFMPEG -> ProcessSource.ffmpeg(device);
    };
  }
}
