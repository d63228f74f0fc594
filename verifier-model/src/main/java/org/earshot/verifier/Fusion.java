package org.earshot.verifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the opinions of several models become one probability and a verdict: a logistic layer an
 * event over the logits of their scores, and two thresholds. Immutable.
 *
 * <p>The file is text, tab-separated: a line {@code earshot-fusion 1 FINGERPRINT} with the
 * verifier's fingerprint, a header, and one row an event and set of models. Where several rows of
 * an event can be served, the one of most models holds, so that a model may be absent. Comments
 * begin with {@code #}. Format: docs/verifier-model.md.
 */
public final class Fusion {
  /** The fusion's file in the model's folder. */
  public static final String NAME = "fusion.tsv";

  /** The verifier itself: its probability of the event in the clip. */
  public static final String VERIFIER = "verifier";

  /** YAMNet: the highest score of the event's classes in any window. */
  public static final String YAMNET = "yamnet";

  /** The device: the highest posterior that it told. */
  public static final String DEVICE = "device";

  /** Scores are held between this and one minus this before their logit is taken. */
  public static final double SMALLEST_SCORE = 1e-4;

  private static final String TITLE = "earshot-fusion";
  private static final int VERSION = 1;
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final List<String> COLUMNS =
      List.of(
          "event", "models", "bias", "weights", "reject_below", "confirm_from", "yamnet_classes");

  /**
   * One event's layer over one set of models.
   *
   * @param event label
   * @param models names, such as {@link #VERIFIER}
   * @param bias of the logit
   * @param weights of each model's logit, in the order of {@code models}
   * @param rejectBelow a lower probability is rejected
   * @param confirmFrom this probability and higher ones are confirmed
   * @param yamnetClasses YAMNet's classes that stand for the event; empty when it is not asked
   */
  public record Row(
      String event,
      List<String> models,
      double bias,
      List<Double> weights,
      double rejectBelow,
      double confirmFrom,
      List<String> yamnetClasses) {

    /** Throws IllegalArgumentException when it does not hold together. */
    public Row {
      models = List.copyOf(models);
      weights = List.copyOf(weights);
      yamnetClasses = List.copyOf(yamnetClasses);
      if (event.isEmpty() || models.isEmpty() || models.size() != weights.size()) {
        throw new IllegalArgumentException("a row wants an event, models and a weight for each");
      }
      if (!Double.isFinite(bias) || !weights.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("a weight is not a finite number");
      }
      if (!(rejectBelow >= 0 && rejectBelow <= confirmFrom)) {
        throw new IllegalArgumentException(
            "thresholds are "
                + rejectBelow
                + " and "
                + confirmFrom
                + ", wanted 0 <= first <= second");
      }
      if (models.contains(YAMNET) == yamnetClasses.isEmpty()) {
        throw new IllegalArgumentException("YAMNet's classes are wanted exactly where it is asked");
      }
    }

    /** Returns the probability that follows from a score of each model. */
    public double probability(Map<String, Double> scores) {
      double logit = bias;
      for (int i = 0; i < models.size(); i++) {
        logit += weights.get(i) * logit(scores.get(models.get(i)));
      }
      return 1 / (1 + StrictMath.exp(-logit));
    }
  }

  /**
   * What several models together say.
   *
   * @param probability of the event in the clip
   * @param row that said so
   */
  public record Fused(double probability, Row row) {
    /** Returns whether the event is there. */
    public boolean isConfirmed() {
      return probability >= row.confirmFrom();
    }

    /** Returns whether the event is not there. */
    public boolean isRejected() {
      return probability < row.rejectBelow();
    }
  }

  private final String verifier;
  private final List<Row> rows;

  /**
   * Of rows that were fitted.
   *
   * @param verifier fingerprint of the verifier that they were fitted with
   */
  public Fusion(String verifier, List<Row> rows) {
    this.verifier = verifier;
    this.rows = List.copyOf(rows);
  }

  /** Returns the fingerprint of the verifier that the rows were fitted with. */
  public String verifier() {
    return verifier;
  }

  /** Returns all rows, in the order of the file. */
  public List<Row> rows() {
    return rows;
  }

  /** Returns YAMNet's classes that stand for an event; none where it is never asked. */
  public List<String> yamnetClasses(String event) {
    return rows.stream()
        .filter(row -> row.event().equals(event) && !row.yamnetClasses().isEmpty())
        .map(Row::yamnetClasses)
        .findFirst()
        .orElse(List.of());
  }

  /**
   * Returns what the models together say; empty for an event, or a set of models, without a row.
   *
   * @param scores 0 to 1, by the model's name
   */
  public Optional<Fused> judge(String event, Map<String, Double> scores) {
    return rows.stream()
        .filter(row -> row.event().equals(event) && scores.keySet().containsAll(row.models()))
        .max(Comparator.comparingInt(row -> row.models().size()))
        .map(row -> new Fused(row.probability(scores), row));
  }

  /** Returns a score's logit, the score held away from 0 and 1. */
  public static double logit(double score) {
    double p = Math.max(SMALLEST_SCORE, Math.min(1 - SMALLEST_SCORE, score));
    return StrictMath.log(p / (1 - p));
  }

  /**
   * Reads a file.
   *
   * @throws IOException that names the line when it is no such file
   */
  public static Fusion read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(file + ": larger than any fusion (1 MiB)");
    }
    return parse(Files.readString(file), file.toString());
  }

  /** As {@link #read}, of the file's text; {@code name} is for messages. */
  public static Fusion parse(String text, String name) throws IOException {
    String verifier = null;
    boolean header = false;
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        if (verifier == null) {
          verifier = title(line);
        } else if (!header) {
          header = true;
          if (!line.equals(String.join("\t", COLUMNS))) {
            throw new IllegalArgumentException("wanted the columns " + String.join(", ", COLUMNS));
          }
        } else {
          rows.add(row(line));
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(name + ", line " + number + ": " + e.getMessage(), e);
      }
    }
    if (verifier == null) {
      throw new IOException(name + ": not a fusion (no line '" + TITLE + "')");
    }
    return new Fusion(verifier, rows);
  }

  private static String title(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3 || !words[0].equals(TITLE)) {
      throw new IllegalArgumentException("not a fusion; it begins with '" + TITLE + " VERSION ..'");
    }
    if (!words[1].equals(Integer.toString(VERSION))) {
      throw new IllegalArgumentException(
          "version " + words[1] + ", this Earshot reads version " + VERSION);
    }
    return words[2];
  }

  private static Row row(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS.size()) {
      throw new IllegalArgumentException(cells.length + " cells, wanted " + COLUMNS.size());
    }
    return new Row(
        cells[0],
        List.of(cells[1].split("\\+", -1)),
        Double.parseDouble(cells[2]),
        Arrays.stream(cells[3].split(",", -1)).map(Double::valueOf).toList(),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]),
        cells[6].isEmpty() ? List.of() : List.of(cells[6].split("\\|", -1)));
  }

  /** Returns the file's text. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(TITLE + ' ' + VERSION + ' ').append(verifier).append('\n');
    text.append(String.join("\t", COLUMNS)).append('\n');
    for (Row row : rows) {
      String weights = row.weights().stream().map(Fusion::number).collect(Collectors.joining(","));
      text.append(row.event())
          .append('\t')
          .append(String.join("+", row.models()))
          .append('\t')
          .append(number(row.bias()))
          .append('\t')
          .append(weights)
          .append('\t')
          .append(number(row.rejectBelow()))
          .append('\t')
          .append(number(row.confirmFrom()))
          .append('\t')
          .append(String.join("|", row.yamnetClasses()))
          .append('\n');
    }
    return text.toString();
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    Files.writeString(file, toText(), StandardCharsets.UTF_8);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
