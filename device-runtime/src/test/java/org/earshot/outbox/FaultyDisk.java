package org.earshot.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earshot.storage.Disk;
import org.earshot.storage.LocalDisk;

/** The local disk, with room for so many bytes, writes of so many, and steps that fail. */
final class FaultyDisk implements Disk {
  private final LocalDisk disk = new LocalDisk();
  private final Path folder;
  long capacityBytes = Long.MAX_VALUE;
  int largestWriteBytes = Integer.MAX_VALUE;
  String failingStep = "";

  FaultyDisk(Path folder) {
    this.folder = folder;
  }

  private void step(String name) throws IOException {
    if (name.equals(failingStep)) {
      throw new IOException("fault in " + name);
    }
  }

  long usedBytes() throws IOException {
    long used = 0;
    try (var files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        used += Files.size(file);
      }
    }
    return used;
  }

  @Override
  public long usableBytes(Path anywhere) throws IOException {
    return Math.max(0, capacityBytes - usedBytes());
  }

  @Override
  public Output create(Path file) throws IOException {
    step("create");
    Output output = disk.create(file);
    return new Output() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        step("write");
        long room = Math.min(usableBytes(folder), largestWriteBytes);
        if (room == 0) {
          throw new IOException("No space left on device");
        }
        int length = (int) Math.min(room, bytes.remaining());
        int written = output.write(bytes.slice().limit(length));
        bytes.position(bytes.position() + written);
        return written;
      }

      @Override
      public void sync() throws IOException {
        step("sync");
        output.sync();
      }

      @Override
      public void close() throws IOException {
        output.close();
        step("close");
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("rename");
    disk.rename(from, to);
  }

  @Override
  public void syncFolder(Path path) throws IOException {
    step("syncFolder");
    disk.syncFolder(path);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }
}
