package org.earshot.cloud.web;

import java.io.IOException;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.flac.FlacReader;

/** A clip's sound for browsers, not all of which play FLAC. */
final class ClipAudio {
  /** Longest clip that is decoded: what a device can be configured to send. */
  static final int MAX_SAMPLES = 600 * AudioFiles.SAMPLE_RATE_HZ;

  private ClipAudio() {}

  /** Returns the samples of a FLAC file, 16 kHz, -1 to 1. */
  static float[] samples(byte[] flac) throws IOException {
    try (FlacReader reader = FlacReader.open(new MemoryChannel(flac))) {
      if (reader.sampleRateHz() != AudioFiles.SAMPLE_RATE_HZ) {
        throw new CorruptAudioException(
            "a clip of " + reader.sampleRateHz() + " Hz", 0, "send 16 kHz");
      }
      float[] samples = AudioFiles.readAll(reader, MAX_SAMPLES + 1);
      if (samples.length > MAX_SAMPLES) {
        throw new CorruptAudioException("a clip of more than 10 minutes", 0, "send less");
      }
      return samples;
    }
  }
}
