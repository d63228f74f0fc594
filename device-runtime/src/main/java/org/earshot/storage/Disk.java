package org.earshot.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Changes of a disk that survive a power cut; a seam for tests of disks that fail. */
public interface Disk {
  /** A file that is being written. */
  interface Output extends Closeable {
    /** Writes some of the bytes that remain in an array-backed buffer, at least one. */
    int write(ByteBuffer bytes) throws IOException;

    /** Writes all bytes that remain in an array-backed buffer. */
    default void writeFully(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        if (write(bytes) <= 0) {
          throw new IOException("the disk took no bytes");
        }
      }
    }

    /** Returns when what was written, and the file's length, would survive a power cut. */
    void sync() throws IOException;
  }

  /** Creates a file, or empties the one that is there. */
  Output create(Path file) throws IOException;

  /** Renames in one step; a file that has the new name already is replaced. */
  void rename(Path from, Path to) throws IOException;

  /** Returns when the names in a folder would survive a power cut. */
  void syncFolder(Path folder) throws IOException;

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Returns how many bytes can still be written. */
  long usableBytes(Path folder) throws IOException;

  /**
   * Replaces a file's bytes in one step: when this returns they survive a power cut, and before
   * that the old ones do. A file with {@code .new} behind its name is written on the way.
   */
  default void replace(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    try (Output output = create(aside)) {
      output.writeFully(ByteBuffer.wrap(bytes));
      output.sync();
    }
    rename(aside, file);
    syncFolder(file.toAbsolutePath().getParent());
  }
}
