package org.earshot.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What really sounds in demo recordings, from tables beside them in sed_eval's form.
 *
 * <p>{@code kitchen.flac} has {@code kitchen.tsv}, or its rows in the folder's {@code truth.tsv};
 * {@code distractors.tsv} tells the sounds that must not raise an alert. The header line names the
 * columns onset, offset, event_label and, in the tables of a folder, filename; without one there
 * are the first three in this order.
 */
public final class TruthTable {
  private static final int MAX_LINES = 10_000;

  /** One sound and when it is to be heard. */
  public record Sound(double onsetSeconds, double offsetSeconds, String event) {
    private static final double EARLY_SECONDS = 0.5;
    private static final double LATE_SECONDS = 2;

    /**
     * Returns whether an alert with this onset may be for this sound: from 0.5 s before its onset
     * to 2 s after its offset, as {@code evaluate} judges.
     */
    public boolean isMetBy(double alertOnsetSeconds) {
      return alertOnsetSeconds >= onsetSeconds - EARLY_SECONDS
          && alertOnsetSeconds <= offsetSeconds + LATE_SECONDS;
    }

    /** Returns whether it is to be heard at this moment. */
    public boolean sounds(double seconds) {
      return seconds >= onsetSeconds && seconds < offsetSeconds;
    }
  }

  private TruthTable() {}

  /** Returns what is to be heard in a recording; empty when no table says anything. */
  public static List<Sound> events(Path recording) throws IOException {
    String name = recording.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path own = recording.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".tsv");
    return read(Files.isRegularFile(own) ? own : recording.resolveSibling("truth.tsv"), name);
  }

  /** Returns the sounds of a recording that must not raise an alert. */
  public static List<Sound> distractors(Path recording) throws IOException {
    return read(recording.resolveSibling("distractors.tsv"), recording.getFileName().toString());
  }

  private static List<Sound> read(Path table, String recordingName) throws IOException {
    if (!Files.isRegularFile(table)) {
      return List.of();
    }
    List<String> columns = List.of("onset", "offset", "event_label");
    List<Sound> sounds = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(table)) {
      String line = in.readLine();
      for (int number = 1; line != null && number <= MAX_LINES; number++) {
        List<String> cells = Arrays.asList(line.strip().split("\t", -1));
        if (number == 1 && cells.contains("onset") && cells.contains("event_label")) {
          columns = cells;
        } else if (!line.isBlank() && !line.startsWith("#")) {
          int filename = columns.indexOf("filename");
          if (filename < 0
              || (filename < cells.size() && cells.get(filename).equals(recordingName))) {
            sounds.add(sound(table, number, columns, cells));
          }
        }
        line = in.readLine();
      }
    }
    return sounds;
  }

  private static Sound sound(Path table, int number, List<String> columns, List<String> cells)
      throws IOException {
    try {
      double onset = Double.parseDouble(cells.get(columns.indexOf("onset")));
      double offset = Double.parseDouble(cells.get(columns.indexOf("offset")));
      return new Sound(onset, offset, cells.get(columns.indexOf("event_label")));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IOException(
          table
              + ": line "
              + number
              + " has no onset, offset and event_label; correct or remove it",
          e);
    }
  }
}
