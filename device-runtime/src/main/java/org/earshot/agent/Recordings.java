package org.earshot.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the recordings that a command line names.
 *
 * <p>A file is taken as it is, under the path that was given. A folder is searched in the order of
 * names, its recordings are called by their path within it (with {@code /}), and links to folders
 * are not followed. Within a folder every regular file counts as a recording, so that a broken one
 * is reported, but for notes: hidden files, and names that say text unless the content says audio.
 */
final class Recordings {
  private static final Set<String> NOTE_ENDINGS =
      Set.of(
          "csv", "tsv", "txt", "md", "json", "jsonl", "html", "xml", "yaml", "yml", "toml", "pdf",
          "sha256", "py", "sh");
  private static final Set<String> NOTE_NAMES =
      Set.of(
          "license",
          "licence",
          "copying",
          "readme",
          "notice",
          "manifest",
          "sha256sums",
          "makefile");
  private static final int MAX_DEPTH = 64;

  private int skippedNotes;

  /** Takes recordings in order, and the places that could not be searched. */
  interface Visitor {
    void recording(Recording recording) throws IOException;

    void unreadable(Path path, IOException reason) throws IOException;
  }

  /** Visits every recording under the given paths. */
  void visit(List<Path> paths, Visitor visitor) throws IOException {
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        search(path, "", 0, visitor);
      } else {
        visitor.recording(new Recording(path, path.toString()));
      }
    }
  }

  /** Returns how many files in folders were notes. */
  int skippedNotes() {
    return skippedNotes;
  }

  private void search(Path folder, String prefix, int depth, Visitor visitor) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      visitor.unreadable(folder, e.getCause());
      return;
    } catch (IOException e) {
      visitor.unreadable(folder, e);
      return;
    }
    Collections.sort(entries);
    for (Path entry : entries) {
      String name = prefix + entry.getFileName();
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        if (depth >= MAX_DEPTH) {
          visitor.unreadable(entry, new IOException("folders nest too deep; name it directly"));
        } else if (!isHidden(entry)) {
          search(entry, name + "/", depth + 1, visitor);
        }
      } else if (isNote(entry)) {
        skippedNotes++;
      } else if (!Files.isDirectory(entry)) {
        visitor.recording(new Recording(entry, name));
      }
    }
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static boolean isNote(Path path) {
    if (isHidden(path)) {
      return true;
    }
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    boolean saysText =
        dot < 0 ? NOTE_NAMES.contains(name) : NOTE_ENDINGS.contains(name.substring(dot + 1));
    return saysText && !sniffsAsAudio(path);
  }

  private static boolean sniffsAsAudio(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String magic = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      return magic.equals("RIFF") || magic.equals("RF64") || magic.equals("fLaC");
    } catch (IOException e) {
      return false;
    }
  }
}
