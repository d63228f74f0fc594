package org.earshot.cloud.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Clips as files of a folder: {@code <folder>/<site>/<event id>.flac}.
 *
 * <p>A clip is written beside its place, in {@code <folder>/.parts}, synced and renamed, so a file
 * is whole or not there. Files and folders are for their owner only. Thread-safe, also across
 * processes of one machine. Listing reads the names of one site at a time into memory.
 */
public final class FolderClipStore implements ClipStore {
  private static final String PARTS = ".parts"; // no site's name has a dot
  private static final Duration LEFT = Duration.ofHours(1);

  private final Path folder;
  private final Path parts;

  /** Opens or makes the folder; throws StoreException when it cannot be written. */
  public FolderClipStore(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.parts = this.folder.resolve(PARTS);
    try {
      makeFolder(this.folder);
      makeFolder(parts);
    } catch (IOException e) {
      throw failure("cannot make the folder", e);
    }
    if (!Files.isWritable(parts)) {
      throw failure("the folder cannot be written; give this process the right to", null);
    }
    removeLeftParts();
  }

  /** What a writer that died left behind; others may be at work in this moment. */
  private void removeLeftParts() {
    FileTime before = FileTime.from(Instant.now().minus(LEFT)); // files carry the system's time
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parts)) {
      for (Path part : left) {
        if (Files.getLastModifiedTime(part).compareTo(before) < 0) {
          Files.deleteIfExists(part);
        }
      }
    } catch (NoSuchFileException e) {
      // another process was faster
    } catch (IOException | DirectoryIteratorException e) {
      throw new StoreException("clip folder " + folder + ": cannot be read (" + e + ")", e);
    }
  }

  @Override
  public void put(EventKey key, byte[] flac) {
    Path file = file(key);
    Path part = parts.resolve(partPrefix(key) + UUID.randomUUID());
    try {
      makeFolder(file.getParent());
      try {
        write(part, flac);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      sync(file.getParent());
    } catch (IOException e) {
      throw failure("cannot store clip " + key.id() + "; is the disk full?", e);
    }
  }

  private static void write(Path part, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(part, options(), ownerOnly(part, "rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static Set<StandardOpenOption> options() {
    return Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public Optional<byte[]> get(EventKey key) {
    try {
      return Optional.of(Files.readAllBytes(file(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("cannot read clip " + key.id(), e);
    }
  }

  @Override
  public void delete(EventKey key) {
    Path file = file(key);
    try {
      boolean there = Files.deleteIfExists(file);
      try (DirectoryStream<Path> left =
          Files.newDirectoryStream(parts, partPrefix(key) + '*')) { // of a writer that died
        for (Path part : left) {
          Files.deleteIfExists(part);
        }
      }
      if (there) {
        sync(file.getParent());
      }
    } catch (IOException e) {
      throw failure("cannot delete clip " + key.id(), e);
    }
  }

  @Override
  public List<EventKey> list(EventKey after, int limit) {
    String from = after == null ? "" : ClipNames.name(after);
    List<EventKey> keys = new ArrayList<>();
    try {
      for (String site : names(folder)) {
        // '/' stands behind a site's name: it decides where one name begins another
        if (ClipNames.isSite(site) && (site + "/~").compareTo(from) > 0) {
          for (String file : names(folder.resolve(site))) {
            Optional<EventKey> key = ClipNames.key(site + '/' + file);
            if (key.isPresent() && ClipNames.name(key.get()).compareTo(from) > 0) {
              keys.add(key.get());
              if (keys.size() == limit) {
                return keys;
              }
            }
          }
        }
      }
      return keys;
    } catch (IOException e) {
      throw failure("cannot list clips", e);
    }
  }

  /** Names in a folder in the order of {@link ClipNames#ORDER}; none when it is no folder. */
  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .sorted((a, b) -> (a + '/').compareTo(b + '/'))
          .toList();
    }
  }

  private Path file(EventKey key) {
    Path file = folder.resolve(ClipNames.name(key)).normalize();
    if (!file.startsWith(folder)) {
      throw new IllegalArgumentException("clip outside of the folder");
    }
    return file;
  }

  private static String partPrefix(EventKey key) {
    return key.site() + '.' + key.id() + '.';
  }

  private static void makeFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, ownerOnly(path, "rwx------"));
      if (path.getParent() != null) {
        sync(path.getParent());
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String rights) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private StoreException failure(String what, IOException cause) {
    String why = cause == null ? "" : " (" + cause + ")";
    return new StoreException("clip folder " + folder + ": " + what + why, cause);
  }
}
