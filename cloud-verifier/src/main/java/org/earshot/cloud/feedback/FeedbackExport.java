package org.earshot.cloud.feedback;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.EventFilter;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.event.EventId;

/**
 * Writes the events that people answered as a folder of recordings with {@code MANIFEST.csv}, which
 * training and teaching read.
 *
 * <p>"That was it" gives the event's label, "something else" the label that was said, "that was not
 * it" the negative {@code other_not_<event>}. What one device heard on one day (UTC) counts as one
 * source, so that clips of one sound are never both trained on and judged by. Reads what is there
 * when it is called; an event that is deleted meanwhile may be left out. Thread-safe.
 */
public final class FeedbackExport {
  private static final String MANIFEST = "MANIFEST.csv";
  private static final String COLUMNS =
      "path,label,split,dataset,duration_s,licence,source,original_name,native_rate_hz,note";
  private static final String DATASET = "earshot-feedback";
  private static final String LICENCE = "private: recorded in a home, not to be passed on";
  private static final int PAGE = 500;
  private static final int LABEL_CHARACTERS = 64;

  private final History history;
  private final ClipStore clips;

  /** An export from this history and this clip store. */
  public FeedbackExport(History history, ClipStore clips) {
    this.history = history;
    this.clips = clips;
  }

  /**
   * What was written.
   *
   * @param clips recordings in the folder
   * @param withoutSound answered events that have no clip
   */
  public record Report(int clips, int withoutSound) {}

  /**
   * Writes the answered events of these sites into a new folder, which appears when it is whole.
   *
   * @param folder must not exist; its parent must
   * @throws IOException when it exists or cannot be written; nothing is left behind then
   * @throws org.earshot.cloud.store.StoreException when database or clip store cannot be used; the
   *     same
   */
  public Report export(Set<String> sites, Path folder) throws IOException {
    if (Files.exists(folder)) {
      throw new IOException(folder + " exists already; name a new folder");
    }
    Path target = folder.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    Files.createDirectory(part);
    boolean whole = false;
    try {
      Report report = write(sites, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      whole = true;
      return report;
    } finally {
      if (!whole) {
        delete(part);
      }
    }
  }

  private Report write(Set<String> sites, Path folder) throws IOException {
    int written = 0;
    int without = 0;
    try (BufferedWriter manifest = Files.newBufferedWriter(folder.resolve(MANIFEST))) {
      manifest.write(COLUMNS + "\r\n"); // RFC 4180
      for (String site : new TreeSet<>(sites)) {
        EventId before = null;
        List<EventRecord> page;
        do {
          page = history.find(page(site, before));
          for (EventRecord event : page) {
            before = event.key().id();
            if (event.answer() != null) {
              boolean there = write(event, folder, manifest);
              written += there ? 1 : 0;
              without += there ? 0 : 1;
            }
          }
        } while (page.size() == PAGE);
      }
    }
    return new Report(written, without);
  }

  private static EventFilter page(String site, EventId before) {
    return new EventFilter(Set.of(site), Set.of(), Set.of(), Set.of(), null, null, before, PAGE);
  }

  private boolean write(EventRecord event, Path folder, BufferedWriter manifest)
      throws IOException {
    Optional<byte[]> sound = event.clip() == null ? Optional.empty() : clips.get(event.key());
    if (sound.isEmpty()) {
      return false;
    }
    String label = label(event);
    String path = label + "/" + event.key().site() + "__" + event.key().id() + ".flac";
    Files.createDirectories(folder.resolve(label));
    Files.write(folder.resolve(path), sound.get());
    manifest.write(row(event, path, label));
    return true;
  }

  private static String row(EventRecord event, String path, String label) {
    LocalDate day = event.latest().onset().atZone(ZoneOffset.UTC).toLocalDate();
    String source = event.key().site() + "-" + event.latest().device() + "-" + day;
    double seconds = event.clip().length().toMillis() / 1000.0;
    return String.join(
            ",",
            path,
            label,
            "feedback",
            DATASET,
            String.format(Locale.ROOT, "%.3f", seconds),
            quoted(LICENCE),
            "earshot:" + event.key().site(),
            source + ".flac",
            "16000",
            quoted(
                event.answer().kind().name().toLowerCase(Locale.ROOT)
                    + " said of "
                    + event.latest().event()))
        + "\r\n";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String label(EventRecord event) {
    Answer answer = event.answer();
    return switch (answer.kind()) {
      case WAS_IT -> event.latest().event();
      case WAS_NOT_IT -> cut("other_not_" + event.latest().event());
      case SOMETHING_ELSE -> named(answer.label(), event.latest().event());
    };
  }

  /** A label, whatever somebody typed: it becomes a folder's name. */
  private static String named(String said, String event) {
    String label =
        said.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+", "");
    if (label.isEmpty()) {
      return cut("other_not_" + event);
    }
    return cut(Character.isLetter(label.charAt(0)) ? label : "other_" + label);
  }

  private static String cut(String label) {
    return label.substring(0, Math.min(LABEL_CHARACTERS, label.length()));
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          delete(entry);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
