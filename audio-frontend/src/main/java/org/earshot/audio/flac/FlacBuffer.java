package org.earshot.audio.flac;

import java.util.Arrays;
import net.sourceforge.javaflacencoder.FLACOutputStream;

/** A file in memory; the encoder goes back to fill in STREAMINFO. */
final class FlacBuffer implements FLACOutputStream {
  private byte[] bytes;
  private int position;
  private int size;

  FlacBuffer(int capacityBytes) {
    bytes = new byte[capacityBytes];
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public long seek(long newPosition) {
    if (newPosition < 0 || newPosition > size) {
      throw new IllegalArgumentException("byte " + newPosition + " of " + size);
    }
    position = (int) newPosition;
    return position;
  }

  @Override
  public int write(byte[] data, int offset, int count) {
    ensure(count);
    System.arraycopy(data, offset, bytes, position, count);
    advance(count);
    return count;
  }

  @Override
  public void write(byte data) {
    ensure(1);
    bytes[position] = data;
    advance(1);
  }

  private void ensure(int count) {
    int needed = Math.addExact(position, count);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
  }

  private void advance(int count) {
    position += count;
    size = Math.max(size, position);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean canSeek() {
    return true;
  }

  @Override
  public long getPos() {
    return position;
  }
}
