package org.earshot.heads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.earshot.model.ModelFile;
import org.earshot.storage.Disk;
import org.earshot.storage.LocalDisk;

/**
 * What is asked of a device's heads by files in a folder: an update to take ({@code NAME.esh}), a
 * head to remove ({@code EVENT.remove}) or to roll back ({@code EVENT.rollback}). The device
 * deletes what it did and adds {@code .refused} to the name of what it refused.
 */
public final class HeadRequests {
  private static final String REFUSED = ".refused";
  private static final String REMOVE = ".remove";
  private static final String ROLL_BACK = ".rollback";

  /** What is asked. */
  public enum Action {
    /** To take the update that the file is. */
    TAKE,
    /** To remove the head of an event. */
    REMOVE,
    /** To return to the head before. */
    ROLL_BACK
  }

  /**
   * A request.
   *
   * @param event label; the file's name without its ending when an update is to be taken
   */
  public record Request(Action action, String event) {}

  private HeadRequests() {}

  /** Returns the folder of heads within a device's state. */
  public static Path headsFolder(Path state) {
    return state.resolve("heads");
  }

  /** Returns the folder of requests within a device's state. */
  public static Path folder(Path state) {
    return headsFolder(state).resolve("requests");
  }

  /** Whether a file's name is that of a request. */
  public static boolean isRequest(Path file) {
    return ending(file) != null;
  }

  /** Returns what a file asks for, by its name. */
  public static Request of(Path file) {
    String ending = ending(file);
    if (ending == null) {
      throw new IllegalArgumentException(file + " is no request");
    }
    String name = file.getFileName().toString();
    String event = name.substring(0, name.length() - ending.length());
    return switch (ending) {
      case REMOVE -> new Request(Action.REMOVE, event);
      case ROLL_BACK -> new Request(Action.ROLL_BACK, event);
      default -> new Request(Action.TAKE, event);
    };
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (String ending : new String[] {ModelFile.HEAD_SUFFIX, REMOVE, ROLL_BACK}) {
      if (name.endsWith(ending) && name.length() > ending.length()) {
        return ending;
      }
    }
    return null;
  }

  /** Returns the name that a refused request gets. */
  public static Path refused(Path file) {
    return file.resolveSibling(file.getFileName() + REFUSED);
  }

  /** Leaves an update for a device to take; returns its file. */
  public static Path leaveUpdate(Path folder, String event, byte[] bytes) throws IOException {
    return leave(folder, event + ModelFile.HEAD_SUFFIX, bytes);
  }

  /** Leaves the wish that a head be removed; returns its file. */
  public static Path leaveRemoval(Path folder, String event) throws IOException {
    return leave(folder, event + REMOVE, new byte[0]);
  }

  /** Leaves the wish that a head be rolled back; returns its file. */
  public static Path leaveRollBack(Path folder, String event) throws IOException {
    return leave(folder, event + ROLL_BACK, new byte[0]);
  }

  private static Path leave(Path folder, String name, byte[] bytes) throws IOException {
    Disk disk = new LocalDisk();
    Path file = Files.createDirectories(folder).resolve(name);
    Files.deleteIfExists(refused(file));
    disk.replace(file, bytes);
    return file;
  }
}
