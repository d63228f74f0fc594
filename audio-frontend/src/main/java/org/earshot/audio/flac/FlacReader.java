package org.earshot.audio.flac;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.PcmSource;
import org.jflac.ChannelData;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;

/**
 * Samples of one FLAC file, its channels averaged: 4 to 24 bits, 1 to 8 channels, 8 to 192 kHz.
 *
 * <p>jflac decodes; everything that it lets pass is caught here (ADR 0003): damaged frames, frames
 * that contradict STREAMINFO, fewer or more samples than promised, and samples whose MD5 differs.
 * Holds one decoded frame (at most 65,535 samples a channel). Not thread-safe.
 */
public final class FlacReader implements PcmSource {
  private static final String CUT = "copy or record the file again";

  private final SeekableByteChannel channel;
  private final FlacStreamInfo info;
  private final FrameInput input;
  private final FLACDecoder decoder;
  private final MessageDigest md5; // null when the file carries none
  private byte[] md5Block = new byte[0];
  private Frame frame;
  private int frameSamples;
  private int nextSample; // in the frame
  private long decodedSamples;
  private boolean ended;

  private FlacReader(SeekableByteChannel channel, FlacStreamInfo info) throws IOException {
    this.channel = channel;
    this.info = info;
    this.input = new FrameInput(channel, info);
    this.decoder = new FLACDecoder(input);
    this.md5 = info.hasMd5() ? md5() : null;
  }

  /** Whether {@code head}, the first 12 bytes of a file, may be those of a FLAC file. */
  public static boolean recognises(byte[] head) {
    return (head[0] == 'f' && head[1] == 'L' && head[2] == 'a' && head[3] == 'C')
        || (head[0] == 'I' && head[1] == 'D' && head[2] == '3');
  }

  /**
   * Opens the FLAC file that {@code channel} holds, from its first byte, and decodes its first
   * frame. The source owns the channel from then on; when this method throws, the caller still
   * does.
   */
  public static FlacReader open(SeekableByteChannel channel) throws IOException {
    FlacReader reader = new FlacReader(channel, FlacStreamInfo.parse(channel));
    reader.start();
    return reader;
  }

  @Override
  public int sampleRateHz() {
    return info.sampleRateHz();
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (nextSample == frameSamples && !decodeFrame()) {
      return -1;
    }
    int n = Math.min(length, frameSamples - nextSample);
    ChannelData[] data = decoder.getChannelData();
    int channels = info.channels();
    float scale = 1f / (1 << (info.bitsPerSample() - 1));
    if (channels == 1) {
      int[] samples = data[0].getOutput();
      for (int i = 0; i < n; i++) {
        buffer[offset + i] = samples[nextSample + i] * scale;
      }
    } else {
      for (int i = 0; i < n; i++) {
        long sum = 0;
        for (int c = 0; c < channels; c++) {
          sum += data[c].getOutput()[nextSample + i];
        }
        buffer[offset + i] = (float) ((double) sum * scale / channels);
      }
    }
    nextSample += n;
    return n;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void start() throws IOException {
    decoder.addFrameListener(new Complaints());
    try {
      decoder.readMetadata();
    } catch (RuntimeException e) {
      throw new CorruptAudioException("FLAC STREAMINFO cannot be read", 8, CUT, e);
    }
    if (!decodeFrame()) {
      throw new CorruptAudioException("FLAC header without samples", info.framesOffset(), CUT);
    }
  }

  private long position() {
    return input.fileOffset(decoder.getBitInputStream().getInputBytesUnconsumed());
  }

  private boolean decodeFrame() throws IOException {
    if (ended) {
      return false;
    }
    long total = info.totalSamples();
    if (total > 0 && decodedSamples == total) {
      return end();
    }
    long at = position();
    frame = nextFrame(at);
    if (frame == null) {
      if (total > 0) {
        throw new CorruptAudioException(
            "FLAC file cut short: " + decodedSamples + " of " + total + " samples", at, CUT);
      }
      if (at < channel.size()) {
        throw new CorruptAudioException("damaged FLAC frame", at, CUT);
      }
      return end();
    }
    if (frame.header.channels != info.channels()
        || frame.header.bitsPerSample != info.bitsPerSample()) {
      throw new CorruptAudioException("FLAC frame of another format than the file's", at, CUT);
    }
    if (total > 0 && frame.header.blockSize > total - decodedSamples) {
      throw new CorruptAudioException(
          "FLAC frame goes on after the promised " + total + " samples", at, CUT);
    }
    requireInRange(at);
    frameSamples = frame.header.blockSize;
    nextSample = 0;
    decodedSamples += frameSamples;
    if (md5 != null) {
      updateMd5();
    }
    return true;
  }

  private Frame nextFrame(long at) throws IOException {
    try {
      Frame next = decoder.readNextFrame();
      if (decoder.getBadFrames() > 0) {
        throw new CorruptAudioException("damaged FLAC frame", at, CUT);
      }
      return next;
    } catch (CorruptAudioException e) {
      throw e;
    } catch (DamagedFrame e) {
      throw new CorruptAudioException("damaged FLAC frame", at, CUT, e);
    } catch (IOException | RuntimeException e) {
      // the library reports damage as plain IOExceptions and as array index errors
      throw new CorruptAudioException("damaged FLAC frame", at, CUT, e);
    }
  }

  /** A crafted predictor can leave the range of its samples without breaking the checksum. */
  private void requireInRange(long at) throws CorruptAudioException {
    int limit = 1 << (info.bitsPerSample() - 1);
    for (int c = 0; c < info.channels(); c++) {
      int[] samples = decoder.getChannelData()[c].getOutput();
      for (int i = 0; i < frame.header.blockSize; i++) {
        if (samples[i] < -limit || samples[i] >= limit) {
          throw new CorruptAudioException(
              "FLAC sample beyond " + info.bitsPerSample() + " bits", at, CUT);
        }
      }
    }
  }

  private boolean end() throws CorruptAudioException {
    ended = true;
    if (md5 != null && decodedSamples > 0 && !MessageDigest.isEqual(md5.digest(), info.md5())) {
      throw new CorruptAudioException(
          "FLAC samples do not match the file's MD5 checksum", info.framesOffset(), CUT);
    }
    return false;
  }

  private void updateMd5() {
    int channels = info.channels();
    int bytes = (info.bitsPerSample() + 7) / 8;
    int size = frameSamples * channels * bytes;
    if (md5Block.length < size) {
      md5Block = new byte[size];
    }
    for (int c = 0; c < channels; c++) {
      int[] samples = decoder.getChannelData()[c].getOutput();
      for (int i = 0, at = c * bytes; i < frameSamples; i++, at += channels * bytes) {
        for (int b = 0; b < bytes; b++) {
          md5Block[at + b] = (byte) (samples[i] >> (8 * b));
        }
      }
    }
    md5.update(md5Block, 0, size);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** Turns what the library merely remarks (and then plays as silence) into an error. */
  private static final class Complaints implements FrameListener {
    @Override
    public void processMetadata(Metadata metadata) {}

    @Override
    public void processFrame(Frame frame) {}

    @Override
    public void processError(String message) {
      throw new DamagedFrame(message);
    }
  }

  private static final class DamagedFrame extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedFrame(String message) {
      super(message);
    }
  }
}
