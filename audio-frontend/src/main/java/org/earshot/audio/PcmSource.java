package org.earshot.audio;

import java.io.Closeable;
import java.io.IOException;

/**
 * A stream of mono float samples, nominally in [-1, 1], at one sample rate.
 *
 * <p>How a caller splits its reads never changes the samples. Not thread-safe: one reader at a
 * time.
 */
public interface PcmSource extends Closeable {

  /** Samples per second, constant over the life of the source. */
  int sampleRateHz();

  /**
   * Reads up to {@code length} samples into {@code buffer[offset..offset+length)}.
   *
   * @return how many samples were read, at least 1 (0 only when {@code length} is 0), or -1 at the
   *     end
   * @throws CorruptAudioException when the recording is damaged; the samples before it stand
   */
  int read(float[] buffer, int offset, int length) throws IOException;
}
