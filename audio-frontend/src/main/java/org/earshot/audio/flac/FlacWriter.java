package org.earshot.audio.flac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import net.sourceforge.javaflacencoder.EncodingConfiguration;
import net.sourceforge.javaflacencoder.EncodingConfiguration.ChannelConfig;
import net.sourceforge.javaflacencoder.EncodingConfiguration.SubframeType;
import net.sourceforge.javaflacencoder.FLACEncoder;
import net.sourceforge.javaflacencoder.StreamConfiguration;
import org.earshot.audio.AudioFiles;

/**
 * Writes mono samples as a FLAC file in memory, lossless.
 *
 * <p>The file has its sample count and the MD5 of its samples, so that {@link FlacReader} notices
 * any damage. Encoding runs in the calling thread and starts no other (ADR 0018); beside the result
 * it holds one block of {@value #BLOCK_SAMPLES} samples. Thread-safe; prints nothing.
 */
public final class FlacWriter {
  /** Samples a FLAC frame: the block size that libFLAC takes by default. */
  static final int BLOCK_SAMPLES = 4_096;

  private static final int MIN_BLOCK_SAMPLES = 16; // RFC 9639, section 8.2
  private static final int MIN_BITS = 4;
  private static final int MAX_BITS = 24;

  private FlacWriter() {}

  /**
   * Encodes 16-bit samples.
   *
   * @param sampleRateHz 8,000 to 192,000
   * @throws IllegalArgumentException when there is no sample: FLAC has no file without one that
   *     {@link FlacReader} reads
   */
  public static byte[] encode(short[] samples, int offset, int length, int sampleRateHz) {
    Objects.checkFromIndexSize(offset, length, samples.length);
    return encode(i -> samples[offset + i], length, 16, sampleRateHz);
  }

  /**
   * Encodes samples of any width that {@link FlacReader} reads.
   *
   * @param bitsPerSample 4 to 24
   * @param sampleRateHz 8,000 to 192,000
   * @throws IllegalArgumentException when there is no sample, or one beyond its width
   */
  public static byte[] encode(int[] samples, int bitsPerSample, int sampleRateHz) {
    if (bitsPerSample < MIN_BITS || bitsPerSample > MAX_BITS) {
      throw new IllegalArgumentException(
          bitsPerSample + " bits a sample, wanted " + MIN_BITS + " to " + MAX_BITS);
    }
    int limit = 1 << (bitsPerSample - 1);
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] < -limit || samples[i] >= limit) {
        throw new IllegalArgumentException(
            "sample " + i + " is " + samples[i] + ", beyond " + bitsPerSample + " bits");
      }
    }
    return encode(i -> samples[i], samples.length, bitsPerSample, sampleRateHz);
  }

  private static byte[] encode(Samples samples, int length, int bits, int sampleRateHz) {
    if (length == 0) {
      throw new IllegalArgumentException("no sample to encode");
    }
    if (sampleRateHz < AudioFiles.MIN_SAMPLE_RATE_HZ
        || sampleRateHz > AudioFiles.MAX_SAMPLE_RATE_HZ) {
      throw new IllegalArgumentException(
          String.format(
              "sample rate is %d Hz, wanted %d to %d",
              sampleRateHz, AudioFiles.MIN_SAMPLE_RATE_HZ, AudioFiles.MAX_SAMPLE_RATE_HZ));
    }
    FlacBuffer file = new FlacBuffer((int) Math.min(1 << 24, 1_024 + (long) length * bits / 8));
    try {
      FLACEncoder encoder = encoder(bits, sampleRateHz);
      encoder.setOutputStream(file);
      encoder.openFLACStream();
      int[] block = new int[BLOCK_SAMPLES];
      for (int start = 0; start < length; start += BLOCK_SAMPLES) {
        int n = Math.min(BLOCK_SAMPLES, length - start);
        for (int i = 0; i < n; i++) {
          block[i] = samples.at(start + i);
        }
        encoder.addSamples(block, n);
        if (n == BLOCK_SAMPLES) {
          encoder.encodeSamples(n, false);
        }
      }
      encoder.encodeSamples(length % BLOCK_SAMPLES, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail so
    }
    return file.bytes();
  }

  private static FLACEncoder encoder(int bits, int sampleRateHz) {
    FLACEncoder encoder = new FLACEncoder();
    StreamConfiguration stream =
        new StreamConfiguration(1, MIN_BLOCK_SAMPLES, BLOCK_SAMPLES, sampleRateHz, bits);
    if (!encoder.setStreamConfiguration(stream)) {
      throw new IllegalArgumentException(
          "FLAC cannot hold " + bits + " bits at " + sampleRateHz + " Hz");
    }
    EncodingConfiguration encoding = new EncodingConfiguration();
    encoding.setChannelConfig(ChannelConfig.INDEPENDENT);
    // the only type that is right for every input and silent: the others write wrong frames, fail
    // on short blocks, do not compress, or print (ADR 0018)
    encoding.setSubframeType(SubframeType.LPC);
    encoder.setEncodingConfiguration(encoding);
    return encoder;
  }

  /** Samples by index. */
  private interface Samples {
    int at(int index);
  }
}
