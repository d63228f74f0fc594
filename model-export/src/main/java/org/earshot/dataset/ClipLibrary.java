package org.earshot.dataset;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.earshot.audio.AudioFiles;

/**
 * The clips of a data folder, each assigned to a {@link Part}.
 *
 * <p>Two layouts are read: a folder with {@code MANIFEST.csv} (columns path, label, split, dataset,
 * original_name, licence; other columns are ignored), and ESC-50's own ({@code meta/esc50.csv} with
 * {@code audio/}). Fold 4 is held apart wherever folds are given. Of every other data set a fifth
 * of the sources of each label, at least one when there are three, is held apart; which ones is
 * decided by a hash of the source's name, so the choice never changes with the rest of the folder.
 * Clips of split {@value #TRAINING_ONLY} are for training only. Immutable; samples are shared, not
 * copied.
 */
public final class ClipLibrary {
  static final String TRAINING_ONLY = "extra";
  private static final int LONGEST_CLIP_SAMPLES = 600 * 16_000;

  private final List<Clip> clips;

  private ClipLibrary(List<Clip> clips) {
    this.clips = List.copyOf(clips);
  }

  /** A library of clips that were made or read elsewhere. */
  public static ClipLibrary of(List<Clip> clips) {
    return new ClipLibrary(clips);
  }

  /**
   * Reads data folders as one library.
   *
   * @throws IOException as {@link #load(Path, boolean)} does, or if two folders have a clip of the
   *     same path
   */
  public static ClipLibrary load(List<Path> folders, boolean withSamples) throws IOException {
    Map<String, Path> owners = new HashMap<>();
    List<Clip> clips = new ArrayList<>();
    for (Path folder : folders) {
      for (Clip clip : load(folder, withSamples).clips) {
        Path other = owners.putIfAbsent(clip.path(), folder);
        if (other != null) {
          throw new IOException(
              clip.path() + " is both in " + other + " and in " + folder + "; leave one out");
        }
        clips.add(clip);
      }
    }
    return new ClipLibrary(clips);
  }

  /**
   * Reads a data folder.
   *
   * @param folder holds MANIFEST.csv, or meta/esc50.csv and audio/
   * @param withSamples whether to decode the audio; about 230 MB an hour
   * @throws IOException if the folder holds neither layout, a row lacks a column, or a file cannot
   *     be read; the message names the file
   */
  public static ClipLibrary load(Path folder, boolean withSamples) throws IOException {
    List<Row> rows;
    if (Files.isRegularFile(folder.resolve("MANIFEST.csv"))) {
      rows = readManifest(folder.resolve("MANIFEST.csv"));
    } else if (Files.isRegularFile(folder.resolve("meta/esc50.csv"))) {
      rows = readEsc50(folder.resolve("meta/esc50.csv"));
    } else {
      throw new IOException(
          folder + ": no data set here; expected MANIFEST.csv, or meta/esc50.csv with audio/");
    }
    Map<String, Part> parts = assignParts(rows);
    List<Clip> clips = new ArrayList<>(rows.size());
    for (Row row : rows) {
      float[] samples = withSamples ? decode(folder.resolve(row.path)) : new float[0];
      Part part = parts.get(row.sourceId);
      clips.add(
          new Clip(row.path, row.label, part, row.dataset, row.sourceId, row.licence, samples));
    }
    return new ClipLibrary(clips);
  }

  /** All clips, in the order of the manifest. */
  public List<Clip> clips() {
    return clips;
  }

  /** The clips of one part, in the order of the manifest. */
  public List<Clip> clips(Part part) {
    return clips.stream().filter(clip -> clip.part() == part).toList();
  }

  private static float[] decode(Path file) throws IOException {
    try {
      return AudioFiles.readAll16k(file, LONGEST_CLIP_SAMPLES);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Row> readManifest(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (CSVRecord csv : parse(file)) {
      String dataset = column(file, csv, "dataset");
      String name = column(file, csv, "original_name");
      rows.add(
          new Row(
              column(file, csv, "path"),
              column(file, csv, "label"),
              column(file, csv, "split"),
              dataset,
              Sources.of(dataset, name),
              column(file, csv, "licence")));
    }
    return rows;
  }

  private static List<Row> readEsc50(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (CSVRecord csv : parse(file)) {
      rows.add(
          new Row(
              "audio/" + column(file, csv, "filename"),
              esc50Label(column(file, csv, "category")),
              "fold" + column(file, csv, "fold"),
              "ESC-50",
              "ESC-50/" + column(file, csv, "src_file"),
              "CC-BY-NC-3.0"));
    }
    return rows;
  }

  private static String esc50Label(String category) {
    return switch (category) {
      case "crying_baby" -> "baby_cry";
      case "dog" -> "dog_bark";
      case "door_wood_knock" -> "door_knock";
      case "door_wood_creaks" -> "door_creak";
      case "glass_breaking" -> "glass_break";
      case "footsteps", "siren" -> category;
      case "clock_alarm" -> "alarm_clock";
      default -> "other_" + category;
    };
  }

  private static List<CSVRecord> parse(Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, format)) {
      return parser.getRecords();
    }
  }

  private static String column(Path file, CSVRecord csv, String name) throws IOException {
    if (!csv.isSet(name)) {
      throw new IOException(
          file + ": record " + csv.getRecordNumber() + " has no column '" + name + "'");
    }
    return csv.get(name);
  }

  private static Map<String, Part> assignParts(List<Row> rows) {
    Map<String, Part> parts = new HashMap<>();
    Map<String, TreeSet<String>> sourcesByGroup = new TreeMap<>();
    for (Row row : rows) {
      if (row.split.equals("rir")) {
        parts.put(row.sourceId, Part.RIR);
      } else if (row.split.equals(TRAINING_ONLY)) {
        parts.put(row.sourceId, Part.TRAIN);
      } else if (row.split.startsWith("fold")) {
        parts.put(row.sourceId, row.split.equals("fold4") ? Part.VALIDATION : Part.TRAIN);
      } else {
        String group = row.dataset + '\t' + row.label;
        sourcesByGroup.computeIfAbsent(group, key -> new TreeSet<>()).add(row.sourceId);
      }
    }
    for (TreeSet<String> sources : sourcesByGroup.values()) {
      List<String> byHash = new ArrayList<>(sources);
      byHash.sort(
          Comparator.comparingLong(ClipLibrary::hash).thenComparing(Comparator.naturalOrder()));
      int heldApart = sources.size() < 3 ? 0 : Math.max(1, Math.round(sources.size() / 5f));
      for (int i = 0; i < byHash.size(); i++) {
        parts.putIfAbsent(byHash.get(i), i < heldApart ? Part.VALIDATION : Part.TRAIN);
      }
    }
    return parts;
  }

  /** FNV-1a, then mixed so that names that differ in their last letter fall apart. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  private record Row(
      String path, String label, String split, String dataset, String sourceId, String licence) {}
}
