package org.earshot.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The changes that the outbox makes to a disk; a seam for tests of disks that fail. */
interface Disk {
  /** A file that is being written. */
  interface Output extends Closeable {
    /** Writes some of the bytes that remain in an array-backed buffer, at least one. */
    int write(ByteBuffer bytes) throws IOException;

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
}
