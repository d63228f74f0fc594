package org.earshot.audio.capture;

/** Interleaved 16-bit integers to mono floats: channels are averaged. */
final class PcmBytes {
  static final int BYTES_PER_SAMPLE = 2;

  private PcmBytes() {}

  /** Decodes {@code frames} of {@code channels} samples each, from the array's start. */
  static void decode(
      byte[] bytes, boolean bigEndian, int channels, float[] samples, int offset, int frames) {
    float scale = 1f / (32_768 * channels);
    int high = bigEndian ? 0 : 1;
    int low = 1 - high;
    int at = 0;
    for (int frame = 0; frame < frames; frame++) {
      int sum = 0; // at most 2^15 * channels
      for (int channel = 0; channel < channels; channel++) {
        sum += (bytes[at + low] & 0xff) | (bytes[at + high] << 8);
        at += BYTES_PER_SAMPLE;
      }
      samples[offset + frame] = sum * scale;
    }
  }
}
