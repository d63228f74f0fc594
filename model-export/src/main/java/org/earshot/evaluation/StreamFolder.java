package org.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;

/** Recordings in a folder as streams, with a truth table or without any event. */
final class StreamFolder {

  private static final int READ_SAMPLES = 65_536;

  private StreamFolder() {}

  /**
   * Reads a folder and its truth.
   *
   * @param folder WAV and FLAC files, at any depth
   * @param truth table in sed_eval's form, or null when nothing happens in any file; {@code
   *     ignored.tsv} beside it names spans of no concern, {@code distractors.tsv} other sounds
   */
  static List<EvaluationStream> read(Path folder, Path truth) throws IOException {
    EventTable events = truth == null ? null : EventTable.read(truth);
    EventTable ignored = beside(truth, "ignored.tsv");
    EventTable others = beside(truth, "distractors.tsv");
    List<EvaluationStream> streams = new ArrayList<>();
    for (Path file : recordings(folder)) {
      String name = folder.relativize(file).toString();
      streams.add(
          new EvaluationStream(
              name,
              file,
              seconds(file),
              occurrences(events, name),
              occurrences(ignored, name),
              occurrences(others, name),
              Map.of()));
    }
    if (streams.isEmpty()) {
      throw new IOException(folder + ": no WAV or FLAC file here");
    }
    return streams;
  }

  private static EventTable beside(Path truth, String name) throws IOException {
    Path file = truth == null ? null : truth.resolveSibling(name);
    return file != null && Files.isRegularFile(file) && !file.equals(truth)
        ? EventTable.read(file)
        : null;
  }

  private static List<Path> recordings(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                return name.endsWith(".wav") || name.endsWith(".flac");
              })
          .sorted()
          .toList();
    }
  }

  private static double seconds(Path file) throws IOException {
    float[] buffer = new float[READ_SAMPLES];
    try (PcmSource source = AudioFiles.open(file)) {
      long samples = 0;
      for (int n = source.read(buffer, 0, buffer.length);
          n >= 0;
          n = source.read(buffer, 0, buffer.length)) {
        samples += n;
      }
      return samples / (double) source.sampleRateHz();
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Occurrence> occurrences(EventTable table, String file) {
    if (table == null) {
      return List.of();
    }
    List<Occurrence> occurrences = new ArrayList<>();
    for (EventTable.Row row : table.rowsOf(file)) {
      double ratio = row.number("event_to_background_db");
      occurrences.add(
          new Occurrence(
              row.label(),
              row.onsetSeconds(),
              row.offsetSeconds(),
              Double.isNaN(ratio) ? row.number("ratio_db") : ratio));
    }
    return occurrences;
  }
}
