package org.earshot.cloud.web;

import java.io.IOException;
import java.util.Arrays;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.flac.FlacReader;
import org.earshot.audio.wav.WavWriter;

/** A clip's sound for browsers: FLAC, which not all of them play, as samples and as WAV. */
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
      float[] samples = new float[16 * AudioFiles.SAMPLE_RATE_HZ];
      int length = 0;
      while (true) {
        if (length == samples.length) {
          if (length >= MAX_SAMPLES) {
            throw new CorruptAudioException("a clip of more than 10 minutes", 0, "send less");
          }
          samples = Arrays.copyOf(samples, Math.min(2 * length, MAX_SAMPLES));
        }
        int read = reader.read(samples, length, samples.length - length);
        if (read < 0) {
          return Arrays.copyOf(samples, length);
        }
        length += read;
      }
    }
  }

  /** Returns samples as a WAV file: 16 kHz, mono, 16 bit. */
  static byte[] wav(float[] samples) {
    return WavWriter.bytes(samples, AudioFiles.SAMPLE_RATE_HZ);
  }
}
