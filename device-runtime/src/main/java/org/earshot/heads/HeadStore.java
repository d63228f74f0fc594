package org.earshot.heads;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.earshot.heads.HeadRefusedException.Reason;
import org.earshot.model.HeadModel;
import org.earshot.model.SoundModel;
import org.earshot.storage.Disk;
import org.earshot.storage.LocalDisk;

/**
 * The heads that came after the device was made, on disk beside the model that shipped, which they
 * never touch.
 *
 * <p>A head is taken only when it is whole, signed by a trusted key, made for this base, newer than
 * any of its event that was taken before, and gives here what it gave where it was made. Each is a
 * file named by its digest; which of them count stands in one small file, the ledger, that is
 * replaced in one step. So a power cut at any moment leaves the heads from before or those from
 * after. What is found broken when the store is opened is told and not used: the head before it
 * counts, else the one that shipped.
 *
 * <p>Thread-safe; blocks on the disk. One process at a time may change a folder.
 */
public final class HeadStore {
  private static final String LEDGER = "ledger";
  private static final String SUFFIX = ".esh";

  private final Path folder;
  private final SoundModel shipped;
  private final HeadCheck check;
  private final Listener listener;
  private final Disk disk;
  private Map<String, HeadRecord> records = new TreeMap<>();
  private final Map<String, HeadModel> installed = new TreeMap<>(); // what is heard with

  /** Hears of what cannot be used. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Tells of a file that was found broken, or no longer fits; the device goes on without it.
     *
     * @param what file
     * @param reason in one line
     */
    void unusable(String what, String reason);
  }

  /**
   * A head as the device hears with it.
   *
   * @param head itself
   * @param taken whether it came after the device was made
   * @param previous whether there is one that a roll-back returns to
   */
  public record Entry(HeadModel head, boolean taken, boolean previous) {}

  private HeadStore(
      Path folder, SoundModel shipped, TrustedKeys keys, Listener listener, Disk disk) {
    this.folder = folder;
    this.shipped = shipped;
    check = new HeadCheck(shipped.base(), keys);
    this.listener = listener;
    this.disk = disk;
  }

  /**
   * Opens a folder, which need not exist yet.
   *
   * @param shipped the model that the device was made with
   * @throws IOException when the folder cannot be read
   */
  public static HeadStore open(Path folder, SoundModel shipped, TrustedKeys keys, Listener listener)
      throws IOException {
    return open(folder, shipped, keys, listener, new LocalDisk());
  }

  static HeadStore open(
      Path folder, SoundModel shipped, TrustedKeys keys, Listener listener, Disk disk)
      throws IOException {
    HeadStore store = new HeadStore(folder.toAbsolutePath(), shipped, keys, listener, disk);
    store.load();
    return store;
  }

  /**
   * Returns the highest version of an event's head that was taken in a folder; 0 for none.
   *
   * @throws IOException when the folder cannot be read or its ledger is damaged
   */
  public static int highest(Path folder, String event) throws IOException {
    try {
      HeadRecord record = readLedger(folder.resolve(LEDGER)).get(event);
      return record == null ? 0 : record.highest();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IllegalArgumentException e) {
      throw new IOException(folder.resolve(LEDGER) + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, HeadRecord> readLedger(Path ledger) throws IOException {
    if (Files.size(ledger) > HeadLedger.MAX_BYTES) {
      throw new IllegalArgumentException("longer than any ledger");
    }
    return HeadLedger.read(Files.readAllBytes(ledger));
  }

  private void load() throws IOException {
    Path ledger = folder.resolve(LEDGER);
    try {
      records = readLedger(ledger);
    } catch (NoSuchFileException e) {
      return;
    } catch (IllegalArgumentException e) {
      Path damaged = folder.resolve(LEDGER + ".damaged");
      Files.move(ledger, damaged, StandardCopyOption.REPLACE_EXISTING);
      listener.unusable(damaged.toString(), e.getMessage() + "; the heads that shipped count");
      return;
    }
    for (HeadRecord each : records.values()) {
      HeadModel head = usable(each.current());
      if (head == null) {
        head = each.current() == null ? null : usable(each.previous());
      }
      if (head != null && isNewerThanShipped(head)) {
        installed.put(each.event(), head);
      }
    }
    trim();
  }

  /** Leaves out the last by name of what is too much: a model may have shipped with more heads. */
  private void trim() {
    List<String> events = new ArrayList<>(installed.keySet());
    for (int i = events.size() - 1;
        i >= 0 && merged(installed).size() > SoundModel.MAX_HEADS;
        i--) {
      installed.remove(events.get(i));
      listener.unusable(events.get(i), "more heads than " + SoundModel.MAX_HEADS);
    }
  }

  /** The head of a stored file after every check but that of its version; null when unusable. */
  private HeadModel usable(String digest) {
    if (digest == null) {
      return null;
    }
    Path file = file(digest);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!digest.equals(Ed25519.hex(Ed25519.sha256(bytes)))) {
        throw new IOException("damaged: its SHA-256 is not its name");
      }
      return check.check(bytes, file.toString()).head();
    } catch (NoSuchFileException e) {
      listener.unusable(file.toString(), "is missing");
    } catch (IOException | HeadRefusedException e) {
      listener.unusable(file.toString(), String.valueOf(e.getMessage()));
    }
    return null;
  }

  private boolean isNewerThanShipped(HeadModel head) {
    return head.version() > shippedVersion(head.event());
  }

  /**
   * Takes an update; when this returns it would survive a power cut. One that is taken already
   * changes nothing.
   *
   * @param bytes the update's file
   * @param name for messages
   * @return the head that counts for its event now
   * @throws HeadRefusedException that says why; all is as it was
   * @throws IOException when the disk fails; all is as it was
   */
  public synchronized HeadModel take(byte[] bytes, String name)
      throws HeadRefusedException, IOException {
    HeadModel head = check.check(bytes, name).head();
    String event = head.event();
    String digest = Ed25519.hex(Ed25519.sha256(bytes));
    HeadRecord before = records.get(event);
    if (before != null && digest.equals(before.current()) && isNewerThanShipped(head)) {
      if (!head.equals(installed.get(event))) { // its file was found broken
        disk.replace(file(digest), bytes);
        installed.put(event, head);
      }
      return head;
    }
    int highest = Math.max(before == null ? 0 : before.highest(), shippedVersion(event));
    if (head.version() <= highest) {
      throw new HeadRefusedException(
          Reason.OLDER,
          name
              + ": version "
              + head.version()
              + " of "
              + event
              + " is not newer than version "
              + highest
              + ", which was taken before");
    }
    Map<String, HeadModel> next = new TreeMap<>(installed);
    next.put(event, head);
    if (merged(next).size() > SoundModel.MAX_HEADS
        || (before == null && records.size() == HeadLedger.MAX_EVENTS)) {
      throw new HeadRefusedException(
          Reason.TOO_MANY, name + ": there are as many heads as there may be; remove one first");
    }
    Files.createDirectories(folder);
    disk.replace(file(digest), bytes);
    HeadRecord fresh = new HeadRecord(event, head.version(), digest, null);
    commit(before == null ? fresh : before.taken(head.version(), digest));
    installed.put(event, head);
    return head;
  }

  private int shippedVersion(String event) {
    return shipped.heads().stream()
        .filter(head -> head.event().equals(event))
        .mapToInt(HeadModel::version)
        .findFirst()
        .orElse(0);
  }

  /**
   * Returns to the head that an event had before; without one, to the head that shipped or to none.
   * After a removal the removed head comes back. The newer version is not taken again.
   *
   * @throws HeadRefusedException with {@link Reason#ABSENT} when there is nothing to return from
   */
  public synchronized void rollBack(String event) throws HeadRefusedException, IOException {
    HeadRecord before = known(event);
    HeadModel head = usable(before.previous());
    HeadRecord after = before.rolledBack();
    if (head == null) {
      after = new HeadRecord(event, before.highest(), null, null);
    }
    commit(after);
    if (head == null) {
      installed.remove(event);
    } else {
      installed.put(event, head);
    }
  }

  /**
   * Takes an event's head away; one that shipped counts again.
   *
   * @throws HeadRefusedException with {@link Reason#ABSENT} when none was taken
   */
  public synchronized void remove(String event) throws HeadRefusedException, IOException {
    HeadRecord before = known(event);
    if (before.current() == null) {
      throw absent(event);
    }
    commit(before.removed());
    installed.remove(event);
  }

  private HeadRecord known(String event) throws HeadRefusedException {
    HeadRecord record = records.get(event);
    if (record == null || (record.current() == null && record.previous() == null)) {
      throw absent(event);
    }
    return record;
  }

  private static HeadRefusedException absent(String event) {
    return new HeadRefusedException(
        Reason.ABSENT, "no head for '" + event + "' was taken; what shipped stays");
  }

  private void commit(HeadRecord record) throws IOException {
    Map<String, HeadRecord> next = new TreeMap<>(records);
    next.put(record.event(), record);
    disk.replace(folder.resolve(LEDGER), HeadLedger.write(next));
    records = next;
    tidy();
  }

  /** Deletes what no record names; what cannot be deleted only takes room. */
  private void tidy() {
    Set<Path> wanted = new HashSet<>();
    for (HeadRecord record : records.values()) {
      if (record.current() != null) {
        wanted.add(file(record.current()));
      }
      if (record.previous() != null) {
        wanted.add(file(record.previous()));
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX + "*")) {
      for (Path file : files) {
        if (!wanted.contains(file)) {
          disk.delete(file);
        }
      }
    } catch (IOException e) {
      listener.unusable(folder.toString(), "old heads cannot be deleted: " + e.getMessage());
    }
  }

  private Path file(String digest) {
    return folder.resolve(digest + SUFFIX);
  }

  private Map<String, HeadModel> merged(Map<String, HeadModel> taken) {
    Map<String, HeadModel> heads = new TreeMap<>();
    shipped.heads().forEach(head -> heads.put(head.event(), head));
    heads.putAll(taken);
    return heads;
  }

  /** Returns the model that counts now: what shipped, with what came later in its place. */
  public synchronized SoundModel model() {
    return new SoundModel(shipped.base(), List.copyOf(merged(installed).values()));
  }

  /** Returns the heads that count, in the model's order. */
  public synchronized List<Entry> entries() {
    return model().heads().stream().map(this::entry).toList();
  }

  private Entry entry(HeadModel head) {
    HeadRecord record = records.get(head.event());
    return new Entry(
        head, installed.containsKey(head.event()), record != null && record.previous() != null);
  }
}
