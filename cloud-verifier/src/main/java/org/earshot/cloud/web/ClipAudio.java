package org.earshot.cloud.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.Pcm16;
import org.earshot.audio.flac.FlacReader;

/** A clip's sound for browsers: FLAC, which not all of them play, as samples and as WAV. */
final class ClipAudio {
  /** Longest clip that is decoded: what a device can be configured to send. */
  static final int MAX_SAMPLES = 600 * AudioFiles.SAMPLE_RATE_HZ;

  private static final int HEADER_BYTES = 44;

  private ClipAudio() {}

  /** Returns the samples of a FLAC file, 16 kHz, -1 to 1. */
  static float[] samples(byte[] flac) throws IOException {
    try (FlacReader reader = FlacReader.open(new Bytes(flac))) {
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
    int dataBytes = Short.BYTES * samples.length;
    ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + dataBytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1); // PCM, mono
    wav.putInt(AudioFiles.SAMPLE_RATE_HZ).putInt(Short.BYTES * AudioFiles.SAMPLE_RATE_HZ);
    wav.putShort((short) Short.BYTES).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    for (float sample : samples) {
      wav.putShort(Pcm16.of(sample));
    }
    return wav.array();
  }

  /** Bytes in memory, to be read like a file. */
  private static final class Bytes implements SeekableByteChannel {
    private final byte[] bytes;
    private int position;
    private boolean closed;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (position >= bytes.length) {
        return -1;
      }
      int length = Math.min(target.remaining(), bytes.length - position);
      target.put(bytes, position, length);
      position += length;
      return length;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = (int) Math.max(0, Math.min(newPosition, Integer.MAX_VALUE));
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
