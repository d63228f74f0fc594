package org.earshot.audio.wav;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes mono WAV files with a plain 16-byte format chunk. Thread-safe. */
public final class WavWriter {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int HEADER_BYTES = 44;
  private static final int FORMAT_PCM = 1;
  private static final int FORMAT_IEEE_FLOAT = 3;

  private WavWriter() {}

  /** Writes 16-bit samples; see {@link #write(Path, float[], int, SampleFormat)}. */
  public static void write(Path file, float[] samples, int sampleRateHz) throws IOException {
    write(file, samples, sampleRateHz, SampleFormat.PCM_16);
  }

  /**
   * Writes {@code samples}, replacing the file. Integer formats round to nearest and clip at full
   * scale.
   *
   * @throws IllegalArgumentException when a sample is NaN or infinite, the rate is not positive, or
   *     the file would pass 4 GiB
   */
  public static void write(Path file, float[] samples, int sampleRateHz, SampleFormat format)
      throws IOException {
    check(samples, sampleRateHz, format);
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out, samples, sampleRateHz, format);
    }
  }

  /**
   * Returns a WAV file of 16-bit samples that never touches the disk; see {@link #write(Path,
   * float[], int, SampleFormat)}.
   */
  public static byte[] bytes(float[] samples, int sampleRateHz) {
    check(samples, sampleRateHz, SampleFormat.PCM_16);
    int length = HEADER_BYTES + samples.length * SampleFormat.PCM_16.bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    try {
      write(out, samples, sampleRateHz, SampleFormat.PCM_16);
    } catch (IOException e) {
      throw new AssertionError("memory cannot fail", e);
    }
    return out.toByteArray();
  }

  private static void check(float[] samples, int sampleRateHz, SampleFormat format) {
    long dataBytes = (long) samples.length * format.bytes();
    if (dataBytes + HEADER_BYTES > 0xffff_fff0L) {
      throw new IllegalArgumentException("too long for a WAV file: " + dataBytes + " bytes");
    }
    if (sampleRateHz <= 0) {
      throw new IllegalArgumentException("sample rate " + sampleRateHz + " Hz");
    }
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new IllegalArgumentException("sample " + i + " is " + samples[i]);
      }
    }
  }

  private static void write(
      OutputStream out, float[] samples, int sampleRateHz, SampleFormat format) throws IOException {
    long dataBytes = (long) samples.length * format.bytes();
    out.write(header(dataBytes, sampleRateHz, format));
    int perBuffer = BUFFER_BYTES / format.bytes();
    byte[] raw = new byte[perBuffer * format.bytes()];
    for (int start = 0; start < samples.length; start += perBuffer) {
      int n = Math.min(perBuffer, samples.length - start);
      for (int i = 0; i < n; i++) {
        format.encode(samples[start + i], raw, i * format.bytes());
      }
      out.write(raw, 0, n * format.bytes());
    }
    if (dataBytes % 2 != 0) {
      out.write(0);
    }
  }

  private static byte[] header(long dataBytes, int sampleRateHz, SampleFormat format) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII));
    header.putInt((int) (HEADER_BYTES - 8 + dataBytes + dataBytes % 2));
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
    header.putInt(16);
    header.putShort((short) (format.floatingPoint() ? FORMAT_IEEE_FLOAT : FORMAT_PCM));
    header.putShort((short) 1);
    header.putInt(sampleRateHz);
    header.putInt(sampleRateHz * format.bytes());
    header.putShort((short) format.bytes());
    header.putShort((short) (8 * format.bytes()));
    header.put("data".getBytes(StandardCharsets.US_ASCII));
    header.putInt((int) dataBytes);
    return header.array();
  }
}
