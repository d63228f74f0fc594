package org.earshot.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores that a windowed peer gave to its own classes, as {@code YamnetPeer} writes them: a TSV of
 * {@code filename}, {@code time} (start of the window) and one column for each class.
 */
final class PeerScores {

  /**
   * The windows of one file.
   *
   * @param times [windows], seconds
   * @param scores [windows][classes]
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, compared nowhere
  record Track(double[] times, float[][] scores) {}

  @SuppressWarnings("ArrayRecordComponent") // lives while a table is read
  private record Window(double time, float[] scores) {}

  private final List<String> classes;
  private final Map<String, Track> tracks;

  private PeerScores(List<String> classes, Map<String, Track> tracks) {
    this.classes = classes;
    this.tracks = tracks;
  }

  static PeerScores read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String header = reader.readLine();
      String[] columns = header == null ? new String[0] : header.split("\t", -1);
      if (columns.length < 3 || !columns[0].equals("filename") || !columns[1].equals("time")) {
        throw new IOException(
            file + ": expected the columns filename, time and one for each class");
      }
      Map<String, List<Window>> windows = new LinkedHashMap<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split("\t", -1);
        if (cells.length != columns.length) {
          throw new IOException(file + ": a row has " + cells.length + " cells: " + line);
        }
        windows.computeIfAbsent(cells[0], key -> new ArrayList<>()).add(window(cells));
      }
      Map<String, Track> tracks = new HashMap<>();
      windows.forEach((name, list) -> tracks.put(name, track(list)));
      return new PeerScores(List.of(Arrays.copyOfRange(columns, 2, columns.length)), tracks);
    }
  }

  private static Window window(String[] cells) {
    float[] scores = new float[cells.length - 2];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Float.parseFloat(cells[c + 2]);
    }
    return new Window(Double.parseDouble(cells[1]), scores);
  }

  private static Track track(List<Window> windows) {
    double[] times = windows.stream().mapToDouble(Window::time).toArray();
    return new Track(times, windows.stream().map(Window::scores).toArray(float[][]::new));
  }

  /** Every class that the peer reports, in the order of its columns. */
  List<String> classes() {
    return classes;
  }

  /** Column of a class, -1 when the peer does not report it. */
  private int indexOf(String className) {
    return classes.indexOf(className);
  }

  /** The highest score among some classes in each window of a file, [windows]. */
  float[] highest(String filename, List<String> someClasses) {
    int[] columns = someClasses.stream().mapToInt(this::indexOf).filter(c -> c >= 0).toArray();
    float[][] windows = track(filename).scores();
    float[] highest = new float[windows.length];
    for (int w = 0; w < windows.length; w++) {
      for (int column : columns) {
        highest[w] = Math.max(highest[w], windows[w][column]);
      }
    }
    return highest;
  }

  /** The windows of a file, none for a file that the peer did not hear. */
  Track track(String filename) {
    return tracks.getOrDefault(filename, new Track(new double[0], new float[0][]));
  }
}
