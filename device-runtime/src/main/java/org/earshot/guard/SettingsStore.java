package org.earshot.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.earshot.guard.SettingsText.Stored;
import org.earshot.storage.Disk;
import org.earshot.storage.LocalDisk;

/**
 * Keeps the settings on disk across restarts and power cuts.
 *
 * <p>A file is written aside, synced, and moved over the old one, so that there always is a whole
 * one. A damaged file is set aside beside it under the name {@code *.damaged}, told and replaced by
 * what the configuration says. The file also holds what the configuration said, so that of a
 * command and a changed configuration the later one wins. Thread-safe; blocks on the disk, so call
 * {@link #save} on a thread that may wait.
 */
public final class SettingsStore {
  private static final int MAX_BYTES = 1 << 18;

  private final Disk disk = new LocalDisk();
  private final Path file;
  private final Listener listener;
  private GuardSettings configured; // null before load

  /** Hears of damage. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Tells that the file could not be used and the configuration's settings hold.
     *
     * @param setAside where the damaged file is now; the file itself if it could not be moved
     * @param reason what was wrong, in one line
     */
    void damaged(Path setAside, String reason);
  }

  /** Makes a store of a file whose folder exists. */
  public SettingsStore(Path file, Listener listener) {
    this.file = file.toAbsolutePath();
    this.listener = listener;
  }

  /**
   * Returns the settings of the last run, as far as the configuration did not change since; those
   * of the configuration if there are none or they are damaged.
   */
  public synchronized GuardSettings load(GuardSettings configuration) {
    configured = configuration;
    Stored stored;
    try {
      stored = SettingsText.read(read());
    } catch (NoSuchFileException e) {
      return configuration;
    } catch (IOException | IllegalArgumentException e) {
      setAside(e.getMessage() == null ? e.toString() : e.getMessage());
      return configuration;
    }
    return stored.current().reconfigured(stored.configured(), configuration);
  }

  /** Returns the settings after the configuration was read again; save them. */
  public synchronized GuardSettings reconfigure(
      GuardSettings current, GuardSettings configuration) {
    GuardSettings settings = current.reconfigured(requireLoaded(), configuration);
    configured = configuration;
    return settings;
  }

  /**
   * Writes the settings; they are on the disk when this returns.
   *
   * @throws IOException that says what is wrong; the file is as it was
   */
  public synchronized void save(GuardSettings settings) throws IOException {
    byte[] bytes = SettingsText.write(new Stored(settings, requireLoaded()));
    disk.replace(file, bytes);
  }

  private GuardSettings requireLoaded() {
    if (configured == null) {
      throw new IllegalStateException("settings are saved before they were loaded");
    }
    return configured;
  }

  private byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private void setAside(String reason) {
    Path damaged = sibling(".damaged");
    try {
      Files.move(file, damaged, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      damaged = file;
    }
    listener.damaged(damaged, reason);
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
