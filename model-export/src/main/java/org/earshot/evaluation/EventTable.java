package org.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table of events or alerts in sed_eval's form: {@code filename, onset, offset, event_label},
 * tab-separated.
 *
 * <p>A header line is optional; with one, columns may stand in any order and further columns are
 * kept by name. Without one, a fifth column is the posterior. Empty lines are skipped. A file
 * without events has no row, or a row that stops after the file name.
 */
final class EventTable {

  private static final List<String> COLUMNS =
      List.of("filename", "onset", "offset", "event_label", "posterior");

  /**
   * One row.
   *
   * @param filename as the table has it
   * @param fields the row's cells by column name
   */
  record Row(
      String filename,
      double onsetSeconds,
      double offsetSeconds,
      String label,
      Map<String, String> fields) {

    /** A numeric cell; NaN when the column or the number is absent. */
    double number(String column) {
      try {
        return Double.parseDouble(fields.getOrDefault(column, "NaN"));
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }

  private final Map<String, List<Row>> rowsByName = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  private EventTable() {}

  /** Reads a table; a bad row is an IOException that names its line. */
  static EventTable read(Path file) throws IOException {
    EventTable table = new EventTable();
    List<String> columns = COLUMNS;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (number == 1 && isHeader(cells)) {
        columns = Arrays.stream(cells).map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
        continue;
      }
      if (cells.length == 1) {
        continue;
      }
      table.add(row(file, number, columns, cells));
    }
    return table;
  }

  private static boolean isHeader(String[] cells) {
    return Arrays.asList(cells).contains("event_label") || Arrays.asList(cells).contains("onset");
  }

  private static Row row(Path file, int number, List<String> columns, String[] cells)
      throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < Math.min(columns.size(), cells.length); i++) {
      fields.put(columns.get(i), cells[i].strip());
    }
    try {
      double onset = Double.parseDouble(fields.getOrDefault("onset", ""));
      double offset = Double.parseDouble(fields.getOrDefault("offset", ""));
      String label = fields.getOrDefault("event_label", "");
      if (label.isEmpty() || !(offset >= onset)) {
        throw new NumberFormatException();
      }
      return new Row(fields.getOrDefault("filename", ""), onset, offset, label, fields);
    } catch (NumberFormatException e) {
      throw new IOException(
          file
              + " line "
              + number
              + ": expected filename, onset, offset, event_label with tabs between, found: "
              + String.join(" | ", cells),
          e);
    }
  }

  private void add(Row row) {
    rows.add(row);
    rowsByName.computeIfAbsent(row.filename(), key -> new ArrayList<>()).add(row);
    String base = baseName(row.filename());
    if (!base.equals(row.filename())) {
      rowsByName.computeIfAbsent(base, key -> new ArrayList<>()).add(row);
    }
  }

  /** The rows of a file: by the name that the table uses, else by the last part of it. */
  List<Row> rowsOf(String filename) {
    List<Row> exact = rowsByName.get(filename);
    return exact != null ? exact : rowsByName.getOrDefault(baseName(filename), List.of());
  }

  List<Row> rows() {
    return rows;
  }

  private static String baseName(String filename) {
    return filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
  }
}
