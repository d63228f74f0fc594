package org.earshot.cloud.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.flac.FlacReader;

/**
 * Decodes clips as devices send them: FLAC, 16 kHz, mono, of bounded length.
 *
 * <p>Bytes from outside: lengths are checked first, and memory grows with the samples that are
 * there, not with what a header promises. Pure and thread-safe.
 */
public final class ClipAudio {
  private static final byte[] MAGIC = "fLaC".getBytes(StandardCharsets.US_ASCII);
  private static final int CHANNELS_AT = 20; // STREAMINFO: 20 bits rate, 3 bits channels - 1
  private static final String RECORD = "send 16 kHz mono FLAC";

  private ClipAudio() {}

  /**
   * Returns the samples of a clip, -1 to 1.
   *
   * @param longest a longer clip is refused
   * @throws CorruptAudioException that says in one line what is wrong, and where
   */
  public static float[] decode(byte[] flac, Duration longest) throws CorruptAudioException {
    if (flac.length <= CHANNELS_AT || !Arrays.equals(flac, 0, 4, MAGIC, 0, 4)) {
      throw new CorruptAudioException("no FLAC file", 0, RECORD);
    }
    int channels = (flac[CHANNELS_AT] >> 1 & 7) + 1;
    if (channels != 1) {
      throw new CorruptAudioException(channels + " channels", CHANNELS_AT, RECORD);
    }
    int maxSamples = (int) (longest.toMillis() * (AudioFiles.SAMPLE_RATE_HZ / 1000));
    try (FlacReader reader = FlacReader.open(new MemoryChannel(flac))) {
      if (reader.sampleRateHz() != AudioFiles.SAMPLE_RATE_HZ) {
        throw new CorruptAudioException(reader.sampleRateHz() + " Hz", CHANNELS_AT - 2, RECORD);
      }
      float[] samples = AudioFiles.readAll(reader, maxSamples + 1);
      if (samples.length > maxSamples) {
        throw new CorruptAudioException(
            "longer than " + maxSamples / AudioFiles.SAMPLE_RATE_HZ + " s", flac.length, RECORD);
      }
      return samples;
    } catch (CorruptAudioException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptAudioException("cannot be decoded", 0, RECORD, e);
    }
  }

  /** Returns the length of so many samples. */
  public static Duration length(int samples) {
    return Duration.ofNanos(samples * (1_000_000_000L / AudioFiles.SAMPLE_RATE_HZ));
  }
}
