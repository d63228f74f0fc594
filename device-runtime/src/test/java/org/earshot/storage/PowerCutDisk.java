package org.earshot.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A disk whose power fails before a chosen step, and which then forgets what was not synced.
 *
 * <p>Of a file that was not synced any prefix survives, or nothing but zeros; of the renames since
 * the last sync of the folder each may have happened or not.
 */
public final class PowerCutDisk implements Disk {
  /** The power failed; everything after it fails the same way. */
  public static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A rename that may be forgotten; replaced are the bytes that had the new name, or null. */
  private record Rename(Path from, Path to, byte[] replaced) {}

  private final LocalDisk disk = new LocalDisk();
  private final Random random;
  private final Set<Path> unsyncedFiles = new HashSet<>();
  private final List<Rename> unsyncedRenames = new ArrayList<>();
  private int stepsLeft;
  private boolean dead;

  public PowerCutDisk(int stepsBeforeTheCut, Random random) {
    stepsLeft = stepsBeforeTheCut;
    this.random = random;
  }

  private void step() throws IOException {
    if (dead) {
      throw new PowerCut();
    }
    if (stepsLeft-- == 0) {
      dead = true;
      forget();
      throw new PowerCut();
    }
  }

  private void forget() throws IOException {
    for (int i = unsyncedRenames.size() - 1; i >= 0; i--) { // the last first: one may need it
      Rename rename = unsyncedRenames.get(i);
      if (random.nextBoolean() && Files.exists(rename.to)) {
        Files.move(rename.to, rename.from, StandardCopyOption.REPLACE_EXISTING);
        if (rename.replaced != null) {
          Files.write(rename.to, rename.replaced);
        }
        if (unsyncedFiles.remove(rename.to)) {
          unsyncedFiles.add(rename.from);
        }
      }
    }
    for (Path path : unsyncedFiles) {
      if (!Files.exists(path)) {
        continue;
      }
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        int length = (int) file.length();
        if (random.nextBoolean()) {
          file.setLength(length == 0 ? 0 : random.nextInt(length));
        } else {
          file.write(new byte[length]);
        }
      }
    }
  }

  @Override
  public Output create(Path path) throws IOException {
    step();
    Output output = disk.create(path);
    unsyncedFiles.add(path);
    return new Output() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        step();
        int length = Math.min(bytes.remaining(), 1 + random.nextInt(200));
        int written = output.write(bytes.slice().limit(length));
        bytes.position(bytes.position() + written);
        return written;
      }

      @Override
      public void sync() throws IOException {
        step();
        output.sync();
        unsyncedFiles.remove(path);
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    byte[] replaced = Files.exists(to) ? Files.readAllBytes(to) : null;
    disk.rename(from, to);
    unsyncedRenames.add(new Rename(from, to, replaced));
    if (unsyncedFiles.remove(from)) {
      unsyncedFiles.add(to);
    }
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    step();
    disk.syncFolder(folder);
    unsyncedRenames.clear();
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    disk.delete(file);
  }

  @Override
  public long usableBytes(Path folder) throws IOException {
    return disk.usableBytes(folder);
  }
}
