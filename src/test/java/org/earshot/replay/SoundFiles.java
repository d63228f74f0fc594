package org.earshot.replay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sound files byte by byte, honest or not. */
final class SoundFiles {
  static final int PCM = 1;
  static final int IEEE_FLOAT = 3;
  static final int EXTENSIBLE = 0xfffe;

  private static final byte[] SUBTYPE_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };
  private static final int FLAC_BLOCK_SAMPLES = 4_096;

  private SoundFiles() {}

  /** A WAV file of these chunks. */
  static byte[] wav(byte[]... chunks) {
    byte[] body = joined(chunks);
    return joined(ascii("RIFF"), int32(4 + body.length), ascii("WAVE"), body);
  }

  /** A chunk that says it has {@code size} bytes. */
  static byte[] chunk(String id, long size, byte[] body) {
    return joined(ascii(id), int32(size), body);
  }

  /** A chunk that tells its size. */
  static byte[] chunk(String id, byte[] body) {
    return chunk(id, body.length, body);
  }

  /** A format chunk. */
  static byte[] format(int tag, int channels, long rateHz, int bits) {
    return chunk("fmt ", formatBody(tag, channels, rateHz, bits));
  }

  /** A WAVE_FORMAT_EXTENSIBLE chunk with a sub-format, for at most two channels. */
  static byte[] extensibleFormat(int subFormat, int channels, long rateHz, int bits) {
    ByteBuffer tail = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    tail.putShort((short) 22).putShort((short) bits).putInt(channels == 1 ? 4 : 3);
    tail.putShort((short) subFormat).put(SUBTYPE_TAIL);
    return chunk("fmt ", joined(formatBody(EXTENSIBLE, channels, rateHz, bits), tail.array()));
  }

  /** Samples as 16-bit integers, each of them in as many channels. */
  static byte[] int16(float[] samples, int channels) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * channels * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      for (int channel = 0; channel < channels; channel++) {
        bytes.putShort((short) quantized(sample));
      }
    }
    return bytes.array();
  }

  /** Samples as they are, NaN included. */
  static byte[] float32(float... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      bytes.putFloat(sample);
    }
    return bytes.array();
  }

  /** A 16-bit mono FLAC file of verbatim subframes (RFC 9639), which says no MD5. */
  static byte[] flac(float[] samples, int rateHz) {
    ByteBuffer info = ByteBuffer.allocate(42);
    info.put(ascii("fLaC")).put(new byte[] {(byte) 0x80, 0, 0, 34});
    info.putShort((short) FLAC_BLOCK_SAMPLES).putShort((short) FLAC_BLOCK_SAMPLES).put(new byte[6]);
    info.putLong((long) rateHz << 44 | 15L << 36 | samples.length);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(info.array());
    for (int frame = 0; frame * FLAC_BLOCK_SAMPLES < samples.length; frame++) {
      file.writeBytes(flacFrame(samples, frame));
    }
    return file.toByteArray();
  }

  private static byte[] flacFrame(float[] samples, int number) {
    if (number >= 0x800) {
      throw new IllegalArgumentException("too long for frame numbers of two bytes");
    }
    int start = number * FLAC_BLOCK_SAMPLES;
    int length = Math.min(FLAC_BLOCK_SAMPLES, samples.length - start);
    ByteBuffer frame = ByteBuffer.allocate(16 + 2 * length);
    frame.putShort((short) 0xfff8); // sync, fixed block size
    frame.put((byte) 0x70); // 16-bit block size below, rate as in STREAMINFO
    frame.put((byte) 0x08); // mono, 16 bits
    if (number < 0x80) {
      frame.put((byte) number);
    } else {
      frame.put((byte) (0xc0 | number >> 6)).put((byte) (0x80 | (number & 0x3f)));
    }
    frame.putShort((short) (length - 1));
    frame.put((byte) crc(frame.array(), frame.position(), 8, 0x07));
    frame.put((byte) 0x02); // verbatim
    for (int i = 0; i < length; i++) {
      frame.putShort((short) quantized(samples[start + i]));
    }
    frame.putShort((short) crc(frame.array(), frame.position(), 16, 0x8005));
    byte[] bytes = new byte[frame.position()];
    frame.get(0, bytes);
    return bytes;
  }

  private static int crc(byte[] bytes, int length, int width, int polynomial) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xff) << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        boolean high = (crc >> (width - 1) & 1) == 1;
        crc = (crc << 1) ^ (high ? polynomial : 0);
      }
      crc &= (1 << width) - 1;
    }
    return crc;
  }

  private static byte[] formatBody(int tag, int channels, long rateHz, int bits) {
    int frameBytes = channels * bits / 8;
    ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    body.putShort((short) tag).putShort((short) channels).putInt((int) rateHz);
    body.putInt((int) (rateHz * frameBytes)).putShort((short) frameBytes).putShort((short) bits);
    return body.array();
  }

  private static int quantized(float sample) {
    return Math.round(Math.max(-1, Math.min(32_767 / 32_768f, sample)) * 32_768);
  }

  private static byte[] int32(long value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
