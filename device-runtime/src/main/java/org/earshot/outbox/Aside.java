package org.earshot.outbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.earshot.storage.Disk;

/** The folder of what could not be read or delivered; the newest files only, within a budget. */
final class Aside {
  /** Name of the folder within the outbox's. */
  static final String FOLDER = "aside";

  private static final int MAX_FILES = 64;

  private final Path folder;
  private final Disk disk;
  private final long maxBytes;
  private final Deque<Path> oldestFirst = new ArrayDeque<>();
  private long bytes;

  /** Takes what lies there from earlier runs. */
  Aside(Path outbox, Disk disk, long maxBytes) throws IOException {
    folder = Files.createDirectories(outbox.resolve(FOLDER));
    this.disk = disk;
    this.maxBytes = maxBytes;
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(files::add);
    }
    Collections.sort(files);
    for (Path file : files) {
      oldestFirst.add(file);
      bytes += OutboxLimits.cost(Files.size(file));
    }
    prune();
  }

  /** Returns the largest sequence that lies there, 0 when none. */
  long lastSequence() {
    return oldestFirst.stream()
        .mapToLong(file -> ItemFile.sequence(file.getFileName().toString()).orElse(0))
        .max()
        .orElse(0);
  }

  /** Moves a file of the outbox here. */
  void take(Path file) throws IOException {
    long cost = OutboxLimits.cost(Files.size(file));
    Path target = folder.resolve(file.getFileName());
    disk.rename(file, target);
    oldestFirst.add(target);
    bytes += cost;
    prune();
  }

  private void prune() throws IOException {
    while (oldestFirst.size() > MAX_FILES || (bytes > maxBytes && !oldestFirst.isEmpty())) {
      Path oldest = oldestFirst.remove();
      bytes -= OutboxLimits.cost(Files.size(oldest));
      disk.delete(oldest);
    }
  }
}
