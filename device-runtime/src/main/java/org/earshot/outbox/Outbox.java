package org.earshot.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.earshot.storage.Disk;
import org.earshot.storage.LocalDisk;

/**
 * What was announced and not yet acknowledged by the broker, durable, in order, within a budget.
 *
 * <p>{@link #put} returns when the item is on disk: written under a temporary name, synced,
 * renamed, its folder synced. From then on it is there until {@link #acknowledge}, whatever happens
 * to the process or the power, unless the budget needs its room: then the oldest clip that is not
 * of a life-safety event goes first, then the oldest life-safety clip, then messages, life-safety
 * ones last; each is told to the listener. An item never pushes out what matters more than it does.
 *
 * <p>A file that is torn or was changed is moved to the folder {@code aside} at opening and told to
 * the listener; opening fails only when the folder cannot be used at all. Items that were sent and
 * not acknowledged come again after a restart: whoever reads must drop what it has seen (by id).
 *
 * <p>Payloads stay on disk; the index in memory takes some 200 bytes an item. Thread-safe: a put
 * does not wait for another one's writing. Layout and reasons: docs/uplink.md.
 */
public final class Outbox implements Closeable {
  private static final String TEMPORARY = ".tmp";

  private final Path folder;
  private final OutboxLimits limits;
  private final OutboxListener listener;
  private final Disk disk;
  private final FolderLock lock;
  private final Aside aside;

  // guarded by this
  private final OutboxIndex index;
  private long lastSequence;
  private long dropped;
  private long setAside;
  private boolean closed;

  private volatile Runnable added = () -> {};

  private Outbox(
      Path folder, OutboxLimits limits, OutboxListener listener, Disk disk, FolderLock lock)
      throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.listener = Objects.requireNonNull(listener, "listener");
    this.disk = disk;
    this.lock = lock;
    index = new OutboxIndex(limits);
    aside = new Aside(folder, disk, limits.maxBytes() / 8);
    lastSequence = aside.lastSequence();
  }

  /**
   * Opens the outbox in a folder, which is created if need be.
   *
   * @throws IOException when the folder cannot be used, or another process uses it
   */
  public static Outbox open(Path folder, OutboxLimits limits, OutboxListener listener)
      throws IOException {
    return open(folder, limits, listener, new LocalDisk());
  }

  static Outbox open(Path folder, OutboxLimits limits, OutboxListener listener, Disk disk)
      throws IOException {
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.take(folder);
    try {
      Outbox outbox = new Outbox(folder, limits, listener, disk, lock);
      outbox.load();
      return outbox;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void load() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(files::add);
    }
    files.sort(Comparator.naturalOrder());
    for (Path file : files) {
      String name = file.getFileName().toString();
      OptionalLong sequence = ItemFile.sequence(name);
      if (name.endsWith(TEMPORARY)) {
        disk.delete(file); // its put did not return
      } else if (sequence.isPresent()) {
        lastSequence = Math.max(lastSequence, sequence.getAsLong());
        load(file, sequence.getAsLong());
      }
    }
    List<OutboxEntry> victims = new ArrayList<>();
    try {
      synchronized (this) { // the budget may be smaller than it was
        while (index.isOver(0, 0)) {
          victims.add(dropFirst());
        }
      }
    } finally {
      tellDropped(victims, "the outbox's budget is smaller than what it held");
    }
  }

  private void load(Path file, long sequence) throws IOException {
    try {
      OutboxEntry entry = ItemFile.check(file, sequence);
      synchronized (this) {
        index.add(entry);
      }
    } catch (IOException e) {
      aside.take(file);
      synchronized (this) {
        setAside++;
      }
      listener.damaged(file.getFileName().toString(), String.valueOf(e.getMessage()));
    }
  }

  /** Sets what is run, on the putting thread, after an item was added; only the last counts. */
  public void whenAdded(Runnable action) {
    added = Objects.requireNonNull(action, "action");
  }

  /**
   * Stores an item durably, making room if need be.
   *
   * @throws OutboxFullException when there is no room and nothing that matters less can go; the
   *     listener is told too
   * @throws IOException when it could not be written; it is not stored
   */
  public void put(OutboxItem item) throws IOException {
    OutboxEntry entry = reserve(item);
    boolean stored = false;
    try {
      writeMakingRoom(entry, item.payload());
      stored = true;
    } finally {
      synchronized (this) {
        index.release(entry);
        if (stored) {
          index.add(entry);
        }
      }
    }
    added.run();
  }

  private OutboxEntry reserve(OutboxItem item) throws IOException {
    String reason = "the outbox is full (" + limits.maxBytes() + " bytes)";
    List<OutboxEntry> victims = new ArrayList<>();
    OutboxEntry entry;
    try {
      synchronized (this) {
        if (closed) {
          throw new IOException("the outbox is closed");
        }
        lastSequence++;
        entry =
            new OutboxEntry(
                lastSequence,
                item.id(),
                item.kind(),
                item.priority(),
                item.topic(),
                item.payload().length);
        if (index.canMakeRoom(entry)) {
          long cost = OutboxLimits.cost(ItemFile.bytes(entry));
          while (index.isOver(cost, 1)) {
            victims.add(dropFirst());
          }
          index.reserve(entry);
          return entry;
        }
        dropped++;
      }
    } finally {
      tellDropped(victims, reason);
    }
    listener.dropped(entry, reason);
    throw new OutboxFullException(reason, null);
  }

  private void writeMakingRoom(OutboxEntry entry, byte[] payload) throws IOException {
    while (true) {
      try {
        write(entry, payload);
        return;
      } catch (IOException e) {
        if (!isFull(e, ItemFile.bytes(entry))) {
          throw new IOException(
              "the outbox " + folder + " cannot be written (" + e.getMessage() + ")", e);
        }
        String reason = "the disk is full";
        OutboxEntry victim = dropFor(entry);
        if (victim == null) {
          synchronized (this) {
            dropped++;
          }
          listener.dropped(entry, reason);
          throw new OutboxFullException(reason, e);
        }
        listener.dropped(victim, reason);
      }
    }
  }

  /** Whether room would help; the text of an error alone may be in any language. */
  private boolean isFull(IOException error, long fileBytes) {
    String message = String.valueOf(error.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return true;
    }
    try {
      return disk.usableBytes(folder) < 2 * OutboxLimits.cost(fileBytes);
    } catch (IOException e) {
      return false;
    }
  }

  /** Drops the first that may go for this entry; null when none may. */
  private synchronized OutboxEntry dropFor(OutboxEntry entry) throws IOException {
    OutboxEntry victim = index.firstToDrop();
    return victim != null && victim.rank() >= entry.rank() ? dropFirst() : null;
  }

  private void write(OutboxEntry entry, byte[] payload) throws IOException {
    Path file = file(entry);
    Path temporary = folder.resolve(file.getFileName() + TEMPORARY);
    boolean done = false;
    try {
      try (Disk.Output output = disk.create(temporary)) {
        output.writeFully(ItemFile.header(entry, payload));
        output.writeFully(ByteBuffer.wrap(payload));
        output.sync();
      }
      disk.rename(temporary, file);
      disk.syncFolder(folder);
      done = true;
    } finally {
      if (!done) {
        deleteQuietly(temporary);
        deleteQuietly(file);
      }
    }
  }

  private void deleteQuietly(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      // the failure that led here is the one to tell; opening deletes what is left
    }
  }

  /** Returns what is to be sent first; empty when nothing waits. */
  public Optional<OutboxEntry> next() {
    return next(entry -> true);
  }

  /**
   * Returns what is to be sent first among the entries that a sender accepts.
   *
   * <p>Life-safety messages, messages, life-safety clips, clips; each oldest first. An event's
   * message is not returned while an older one of the same event waits, accepted or not; a clip not
   * while a message of its event does.
   */
  public synchronized Optional<OutboxEntry> next(Predicate<OutboxEntry> accepts) {
    return index.next(accepts);
  }

  /** Returns the entries that match, whether or not it is their turn. */
  public synchronized List<OutboxEntry> waiting(Predicate<OutboxEntry> matches) {
    return index.waiting(matches);
  }

  /**
   * Reads an entry's payload; empty when the entry is gone. A payload that cannot be read any more
   * is set aside, told to the listener, and gone.
   */
  public Optional<byte[]> payload(OutboxEntry entry) {
    synchronized (this) {
      if (!index.contains(entry)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(ItemFile.payload(file(entry), entry));
    } catch (IOException e) {
      if (contains(entry)) { // else it was dropped in between
        setAside(entry, "it can no longer be read: " + e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Returns whether an entry still waits. */
  public synchronized boolean contains(OutboxEntry entry) {
    return index.contains(entry);
  }

  /** Removes an entry that the broker has; does nothing when it is gone already. */
  public void acknowledge(OutboxEntry entry) throws IOException {
    synchronized (this) {
      if (!index.remove(entry)) {
        return;
      }
    }
    // not synced: a deletion that a power cut undoes leads to a second delivery, which is harmless
    disk.delete(file(entry));
  }

  /** Moves an entry that cannot be delivered out of the way and tells the listener. */
  public void setAside(OutboxEntry entry, String reason) {
    synchronized (this) {
      if (!index.remove(entry)) {
        return;
      }
      setAside++;
      try {
        aside.take(file(entry));
      } catch (IOException e) {
        deleteQuietly(file(entry)); // a file that can neither be sent nor moved
      }
    }
    listener.setAside(entry, reason);
  }

  /** Returns how many items wait. */
  public synchronized int depth() {
    return index.size();
  }

  /** Returns what they use of the disk, in whole blocks. */
  public synchronized long bytes() {
    return index.bytes();
  }

  /** Returns how many items were dropped since the outbox was opened. */
  public synchronized long droppedItems() {
    return dropped;
  }

  /** Returns how many items were set aside since the outbox was opened, damaged ones included. */
  public synchronized long itemsSetAside() {
    return setAside;
  }

  /** Closes the outbox; what waits is there when it is opened again. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    lock.close();
  }

  private synchronized OutboxEntry dropFirst() throws IOException {
    OutboxEntry victim = index.firstToDrop();
    disk.delete(file(victim));
    index.remove(victim);
    dropped++;
    return victim;
  }

  private void tellDropped(List<OutboxEntry> victims, String reason) {
    victims.forEach(victim -> listener.dropped(victim, reason));
  }

  private Path file(OutboxEntry entry) {
    return folder.resolve(ItemFile.name(entry.sequence()));
  }
}
