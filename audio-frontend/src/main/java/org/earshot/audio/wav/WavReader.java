package org.earshot.audio.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.PcmSource;

/**
 * Samples of one WAV file, its channels averaged.
 *
 * <p>Reads RIFF, RF64 and BW64 with 8, 16, 24 and 32-bit integer and 32 and 64-bit float samples,
 * plain or extensible, 1 to 65,534 channels, 8 to 192 kHz. Holds one block of the file, at most 64
 * KiB or one frame of all channels. Not thread-safe.
 */
public final class WavReader implements PcmSource {
  private static final int BLOCK_BYTES = 1 << 16;

  /**
   * Largest accepted float magnitude: full scale of integers that were never normalised. Squares of
   * it, summed over a frame, stay far below the largest float.
   */
  private static final double MAX_MAGNITUDE = 0x1p31;

  private final SeekableByteChannel channel;
  private final WavHeader header;
  private final int frameBytes;
  private final byte[] block; // whole frames, interleaved
  private final ByteBuffer blockBuffer;
  private long framesLeft; // not yet in the block
  private long blockOffset; // in the file
  private int blockFrames;
  private int nextFrame; // in the block

  private WavReader(SeekableByteChannel channel, WavHeader header) {
    this.channel = channel;
    this.header = header;
    this.frameBytes = header.channels() * header.format().bytes();
    this.block = new byte[Math.max(1, BLOCK_BYTES / frameBytes) * frameBytes];
    this.blockBuffer = ByteBuffer.wrap(block);
    this.framesLeft = header.frames();
  }

  /** Whether {@code head}, the first 12 bytes of a file, are those of a WAV file. */
  public static boolean recognises(byte[] head) {
    return WavHeader.recognises(head);
  }

  /**
   * Opens the WAV file that {@code channel} holds, from its first byte. The source owns the channel
   * from then on; when this method throws, the caller still does.
   *
   * @throws CorruptAudioException when the header is damaged, promises more than the file holds, or
   *     no samples follow it. A data size of 0 or 2^32-1 with samples after it is the mark of a
   *     streamed file, which ends with the file.
   */
  public static WavReader open(SeekableByteChannel channel) throws IOException {
    WavHeader header = WavHeader.parse(channel);
    channel.position(header.dataOffset());
    return new WavReader(channel, header);
  }

  @Override
  public int sampleRateHz() {
    return header.sampleRateHz();
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (nextFrame == blockFrames && length > 0 && !fill()) {
      return -1;
    }
    int n = Math.min(length, blockFrames - nextFrame);
    int at = nextFrame * frameBytes;
    if (header.format() == SampleFormat.PCM_16 && header.channels() == 1) {
      decodeMono16(at, buffer, offset, n);
    } else if (header.channels() == 1) {
      decodeMono(at, buffer, offset, n);
    } else {
      decodeMix(at, buffer, offset, n);
    }
    nextFrame += n;
    return n;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private boolean fill() throws IOException {
    if (framesLeft == 0) {
      return false;
    }
    blockOffset = channel.position();
    int frames = (int) Math.min(framesLeft, block.length / frameBytes);
    blockBuffer.clear().limit(frames * frameBytes);
    while (blockBuffer.hasRemaining()) {
      if (channel.read(blockBuffer) < 0) {
        throw new CorruptAudioException(
            "WAV file became shorter while it was read",
            blockOffset + blockBuffer.position(),
            "try again when nothing writes to it");
      }
    }
    blockFrames = frames;
    nextFrame = 0;
    framesLeft -= frames;
    return true;
  }

  private void decodeMono16(int at, float[] buffer, int offset, int n) {
    for (int i = 0, b = at; i < n; i++, b += 2) {
      buffer[offset + i] = (short) ((block[b] & 0xff) | block[b + 1] << 8) * (1 / 32_768f);
    }
  }

  private void decodeMono(int at, float[] buffer, int offset, int n) throws IOException {
    SampleFormat format = header.format();
    for (int i = 0, b = at; i < n; i++, b += frameBytes) {
      double sample = format.decode(block, b);
      if (format.floatingPoint()) {
        requireSane(sample, b);
      }
      buffer[offset + i] = (float) sample;
    }
  }

  private void decodeMix(int at, float[] buffer, int offset, int n) throws IOException {
    SampleFormat format = header.format();
    int channels = header.channels();
    for (int i = 0, b = at; i < n; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++, b += format.bytes()) {
        double sample = format.decode(block, b);
        if (format.floatingPoint()) {
          requireSane(sample, b);
        }
        sum += sample;
      }
      buffer[offset + i] = (float) (sum / channels);
    }
  }

  private void requireSane(double sample, int at) throws CorruptAudioException {
    if (!(Math.abs(sample) <= MAX_MAGNITUDE)) {
      throw new CorruptAudioException(
          "sample of value " + sample, blockOffset + at, "export the recording again");
    }
  }
}
