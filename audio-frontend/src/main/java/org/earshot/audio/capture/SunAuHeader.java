package org.earshot.audio.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The header that some versions of pw-record write before the samples: of a Sun .au file, whose
 * samples are big-endian.
 */
final class SunAuHeader {
  private static final byte[] MAGIC = ".snd".getBytes(StandardCharsets.US_ASCII);
  private static final int FIXED_BYTES = 24;
  private static final int MAX_BYTES = 4_096;
  private static final int PCM_16 = 3;

  private SunAuHeader() {}

  /**
   * Returns the length of the header at the start of a stream, 0 when it has none, or -1 when more
   * bytes are needed to tell.
   *
   * @param filled how many bytes there are
   * @throws IOException when it announces anything but these samples
   */
  static int length(byte[] bytes, int filled, int sampleRateHz, int channels) throws IOException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (i == filled) {
        return -1;
      }
      if (bytes[i] != MAGIC[i]) {
        return 0;
      }
    }
    if (filled < FIXED_BYTES) {
      return -1;
    }
    int length = int32(bytes, 4);
    int encoding = int32(bytes, 12);
    int rate = int32(bytes, 16);
    int count = int32(bytes, 20);
    if (length < FIXED_BYTES
        || length > MAX_BYTES
        || encoding != PCM_16
        || rate != sampleRateHz
        || count != channels) {
      throw new IOException(
          "sends a header of "
              + length
              + " bytes, encoding "
              + encoding
              + ", "
              + rate
              + " Hz, "
              + count
              + " channels, which is not what was asked for; use parec");
    }
    return filled < length ? -1 : length;
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }
}
