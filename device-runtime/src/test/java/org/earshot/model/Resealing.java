package org.earshot.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes the checksums of a changed file right again, so that tests reach the parser beneath. */
final class Resealing {
  private Resealing() {}

  /** Recomputes the header's checksum; leaves a file alone that is too short for its table. */
  static byte[] header(byte[] file) {
    int count = sections(file);
    int end = Container.HEADER_BYTES + count * Container.ENTRY_BYTES;
    if (count > 0 && end + Sha256.BYTES <= file.length) {
      System.arraycopy(Sha256.of(file, 0, end), 0, file, end, Sha256.BYTES);
    }
    return file;
  }

  /** Recomputes every checksum and the file length. */
  static byte[] all(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length >= Container.HEADER_BYTES) {
      buffer.putInt(12, file.length);
    }
    for (int i = 0; i < sections(file); i++) {
      int entry = Container.HEADER_BYTES + i * Container.ENTRY_BYTES;
      if (entry + Container.ENTRY_BYTES > file.length) {
        break;
      }
      int offset = buffer.getInt(entry + 8);
      int length = buffer.getInt(entry + 12);
      if (offset >= 0 && length >= 0 && length <= file.length - offset) {
        System.arraycopy(Sha256.of(file, offset, length), 0, file, entry + 16, Sha256.BYTES);
      }
    }
    return header(file);
  }

  private static int sections(byte[] file) {
    if (file.length < Container.HEADER_BYTES) {
      return 0;
    }
    int count = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(16);
    return count < 0 || count > Container.MAX_SECTIONS ? 0 : count;
  }
}
