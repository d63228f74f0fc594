package org.earshot.audio.flac;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * What the FLAC library is given to read: a minimal header made from STREAMINFO, then the frames of
 * the file. Counts the bytes handed out, so that an error can name its offset.
 */
final class FrameInput extends InputStream {
  /** Signature, block header, STREAMINFO. */
  static final int HEADER_BYTES = 4 + 4 + FlacStreamInfo.BODY_BYTES;

  private final SeekableByteChannel channel;
  private final long framesOffset;
  private final ByteBuffer header;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
  private long count;

  FrameInput(SeekableByteChannel channel, FlacStreamInfo info) throws IOException {
    this.channel = channel;
    this.framesOffset = info.framesOffset();
    header = ByteBuffer.allocate(HEADER_BYTES);
    header.put(new byte[] {'f', 'L', 'a', 'C', (byte) 0x80, 0, 0, FlacStreamInfo.BODY_BYTES});
    header.put(info.body()).flip();
    channel.position(framesOffset);
  }

  /** Offset in the file of the byte that comes {@code behind} bytes before the next one. */
  long fileOffset(int behind) {
    return framesOffset + Math.max(0, count - HEADER_BYTES - behind);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer from = header.hasRemaining() ? header : buffer;
    if (!from.hasRemaining()) {
      buffer.clear();
      int n = channel.read(buffer);
      buffer.flip();
      if (n <= 0) {
        return -1;
      }
    }
    int n = Math.min(length, from.remaining());
    from.get(bytes, offset, n);
    count += n;
    return n;
  }
}
