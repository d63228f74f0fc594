package org.earshot.audio.flac;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Locale;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.CorruptAudioException;

/**
 * The STREAMINFO block of a FLAC file, and where its frames begin (RFC 9639, sections 7 and 8).
 *
 * <p>All other metadata is skipped unread: seek tables, tags and pictures can promise any size.
 *
 * @param totalSamples samples per channel, 0 when the writer did not know
 * @param md5 of the interleaved little-endian samples, all zero when the writer did not know
 * @param body the 34 bytes of the block
 * @param framesOffset byte offset of the first frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record FlacStreamInfo(
    int sampleRateHz,
    int channels,
    int bitsPerSample,
    long totalSamples,
    byte[] md5,
    byte[] body,
    long framesOffset) {

  static final int BODY_BYTES = 34;

  private static final int BLOCK_STREAMINFO = 0;
  private static final int MAX_METADATA_BLOCKS = 4_096;
  private static final String CUT = "copy or record the file again";

  static FlacStreamInfo parse(SeekableByteChannel channel) throws IOException {
    long at = skipId3(channel);
    byte[] magic = read(channel, at, 4);
    if (!Arrays.equals(magic, new byte[] {'f', 'L', 'a', 'C'})) {
      throw new CorruptAudioException("no fLaC signature", at, "convert it to WAV or FLAC");
    }
    at += 4;
    long fileBytes = channel.size();
    byte[] body = null;
    long bodyAt = 0;
    for (int block = 0; ; block++) {
      if (block == MAX_METADATA_BLOCKS) {
        throw new CorruptAudioException(
            "more than " + MAX_METADATA_BLOCKS + " FLAC metadata blocks", at, CUT);
      }
      byte[] head = read(channel, at, 4);
      boolean last = (head[0] & 0x80) != 0;
      int type = head[0] & 0x7f;
      int size = (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | (head[3] & 0xff);
      if (block == 0) {
        if (type != BLOCK_STREAMINFO || size != BODY_BYTES) {
          throw new CorruptAudioException("FLAC file without STREAMINFO", at, CUT);
        }
        bodyAt = at + 4;
        body = read(channel, bodyAt, BODY_BYTES);
      } else if (type == BLOCK_STREAMINFO || type == 127) {
        throw new CorruptAudioException("FLAC metadata block of type " + type, at, CUT);
      }
      if (size > fileBytes - at - 4) {
        throw new CorruptAudioException(
            String.format(
                Locale.ROOT,
                "FLAC metadata promises %d bytes and the file has %d",
                size,
                fileBytes - at - 4),
            at + 1,
            CUT);
      }
      at += 4 + size;
      if (last) {
        return of(body, bodyAt, at);
      }
    }
  }

  private static FlacStreamInfo of(byte[] body, long bodyAt, long framesOffset)
      throws CorruptAudioException {
    ByteBuffer fields = ByteBuffer.wrap(body);
    int minBlock = Short.toUnsignedInt(fields.getShort(0));
    int maxBlock = Short.toUnsignedInt(fields.getShort(2));
    long packed = fields.getLong(10); // 20 bits rate, 3 channels - 1, 5 bits - 1, 36 samples
    int rate = (int) (packed >>> 44);
    int channels = (int) (packed >>> 41 & 7) + 1;
    int bits = (int) (packed >>> 36 & 31) + 1;
    long samples = packed & 0xf_ffff_ffffL;
    if (minBlock < 16 || maxBlock < minBlock) {
      throw new CorruptAudioException(
          "FLAC block sizes " + minBlock + ".." + maxBlock + " are impossible", bodyAt, CUT);
    }
    if (rate < AudioFiles.MIN_SAMPLE_RATE_HZ || rate > AudioFiles.MAX_SAMPLE_RATE_HZ) {
      throw new CorruptAudioException(
          String.format(
              Locale.ROOT,
              "sample rate %d Hz is not in %d..%d Hz",
              rate,
              AudioFiles.MIN_SAMPLE_RATE_HZ,
              AudioFiles.MAX_SAMPLE_RATE_HZ),
          bodyAt + 10,
          "convert it to 16000 Hz");
    }
    if (bits < 4 || bits > 24) {
      throw new CorruptAudioException(
          bits + "-bit FLAC samples are not read", bodyAt + 12, "convert it to 16 or 24 bits");
    }
    return new FlacStreamInfo(
        rate, channels, bits, samples, Arrays.copyOfRange(body, 18, 34), body, framesOffset);
  }

  boolean hasMd5() {
    return !Arrays.equals(md5, new byte[16]);
  }

  /** Some taggers put an ID3v2 tag before the signature (ID3v2.4, section 3.1). */
  private static long skipId3(SeekableByteChannel channel) throws IOException {
    if (channel.size() < 10) {
      return 0;
    }
    byte[] head = read(channel, 0, 10);
    if (head[0] != 'I' || head[1] != 'D' || head[2] != '3') {
      return 0;
    }
    int size =
        (head[6] & 0x7f) << 21 | (head[7] & 0x7f) << 14 | (head[8] & 0x7f) << 7 | (head[9] & 0x7f);
    return 10L + size;
  }

  private static byte[] read(SeekableByteChannel channel, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    channel.position(at);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new CorruptAudioException(
            "FLAC header cut short", Math.min(channel.size(), at + buffer.position()), CUT);
      }
    }
    return buffer.array();
  }
}
