package org.earshot.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.earshot.audio.dsp.Resampler;
import org.earshot.audio.flac.FlacReader;
import org.earshot.audio.wav.WavReader;

/**
 * Opens recordings: WAV and FLAC, told apart by content and never by name.
 *
 * <p>Every method throws {@link CorruptAudioException} for a file that is not, or no longer, a
 * recording, and a plain {@link IOException} with a one-line message for one that cannot be read at
 * all. Memory does not grow with the length of the file. Thread-safe; the sources are not.
 */
public final class AudioFiles {
  /** The only sample rate inside the system. */
  public static final int SAMPLE_RATE_HZ = 16_000;

  /** Accepted sample rates, in Hz. */
  public static final int MIN_SAMPLE_RATE_HZ = 8_000;

  /** Accepted sample rates, in Hz. */
  public static final int MAX_SAMPLE_RATE_HZ = 192_000;

  private static final int READ_SAMPLES = 8_192;

  private AudioFiles() {}

  /** Opens a recording at its own sample rate, its channels averaged to one. */
  public static PcmSource open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("is a folder, not a recording; name a WAV or FLAC file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("is not a regular file; save the audio as a WAV or FLAC file first");
    }
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(file);
    } catch (NoSuchFileException e) {
      throw new IOException("does not exist; check the path", e);
    } catch (AccessDeniedException e) {
      throw new IOException("may not be read; check its permissions", e);
    }
    try {
      return open(channel);
    } catch (IOException | RuntimeException | Error e) {
      try {
        channel.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** As {@link #open(Path)}, resampled to {@link #SAMPLE_RATE_HZ}. */
  public static PcmSource open16k(Path file) throws IOException {
    PcmSource source = open(file);
    return source.sampleRateHz() == SAMPLE_RATE_HZ ? source : new Resampler(source, SAMPLE_RATE_HZ);
  }

  /**
   * Reads the first {@code maxSamples} samples at {@link #SAMPLE_RATE_HZ}; see {@link
   * #readAll(PcmSource, int)}.
   */
  public static float[] readAll16k(Path file, int maxSamples) throws IOException {
    try (PcmSource source = open16k(file)) {
      return readAll(source, maxSamples);
    }
  }

  /**
   * Reads the next {@code maxSamples} samples of a source, or all that are left if those are fewer.
   * Memory is taken as samples arrive, whatever a header promises.
   */
  public static float[] readAll(PcmSource source, int maxSamples) throws IOException {
    if (maxSamples < 0) {
      throw new IllegalArgumentException("maxSamples is negative: " + maxSamples);
    }
    float[] samples = new float[Math.min(maxSamples, 5 * SAMPLE_RATE_HZ)];
    int count = 0;
    while (count < maxSamples) {
      if (count == samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(maxSamples, 2L * samples.length));
      }
      int n = source.read(samples, count, Math.min(READ_SAMPLES, samples.length - count));
      if (n < 0) {
        break;
      }
      count += n;
    }
    return count == samples.length ? samples : Arrays.copyOf(samples, count);
  }

  private static PcmSource open(SeekableByteChannel channel) throws IOException {
    byte[] head = new byte[12];
    int length = 0;
    ByteBuffer buffer = ByteBuffer.wrap(head);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      length = buffer.position();
    }
    if (length == 0) {
      throw new CorruptAudioException("empty file", 0, "record or copy it again");
    }
    channel.position(0);
    String magic = new String(head, 0, Math.min(4, length), StandardCharsets.ISO_8859_1);
    if (WavReader.recognises(head)) {
      return WavReader.open(channel);
    }
    if (FlacReader.recognises(head)) {
      return FlacReader.open(channel);
    }
    String found =
        switch (magic) {
          case "OggS" -> "an Ogg stream";
          case "RIFF" -> "a RIFF file without WAVE";
          case "RIFX" -> "a big-endian RIFX file";
          case "FORM" -> "an AIFF file";
          default -> "not audio that can be read";
        };
    throw new CorruptAudioException(
        found + " (no RIFF/WAVE or fLaC signature)", 0, "convert it to WAV or FLAC");
  }
}
