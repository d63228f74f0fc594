package org.earshot.cloud.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;

/** Looks for what is left of an event. */
final class Traces {
  private Traces() {}

  /** Returns the files of a folder whose name or content holds a text. */
  static List<Path> files(Path folder, String text) {
    return files(folder, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the files of a folder whose name or content holds these bytes. */
  static List<Path> files(Path folder, byte[] wanted) {
    String name = new String(wanted, StandardCharsets.ISO_8859_1);
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.toString().contains(name) || contains(file, wanted)) {
          found.add(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean contains(Path file, byte[] wanted) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return false; // deleted meanwhile
    }
    ByteBuffer pattern = ByteBuffer.wrap(wanted);
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (bytes[at] == wanted[0] && pattern.equals(ByteBuffer.wrap(bytes, at, wanted.length))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the tables of an SQLite file with a row that holds a text. */
  static Set<String> tables(Path file, String text) {
    Set<String> found = new TreeSet<>();
    try (Database database = Database.open(DatabaseSettings.sqlite(file))) {
      List<String> tables =
          database.read(
              handle ->
                  handle
                      .createQuery("SELECT name FROM sqlite_master WHERE type = 'table'")
                      .mapTo(String.class)
                      .list());
      for (String table : tables) {
        List<Map<String, Object>> rows =
            database.read(handle -> handle.createQuery("SELECT * FROM " + table).mapToMap().list());
        if (rows.stream().anyMatch(row -> row.values().toString().contains(text))) {
          found.add(table);
        }
      }
    }
    return found;
  }
}
