package org.earshot.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a teacher heard in each clip: scores between 0 and 1 for classes of its own.
 *
 * <p>As a file: UTF-8, a row a clip, tab-separated; first the clip's path, then {@code class:score}
 * for each class that the teacher heard a trace of. A clip without a row is one that it did not
 * hear; one with a path only holds nothing that it knows. Immutable.
 */
public final class ClipTags {
  /** No clip, no class. */
  public static final ClipTags NONE = new ClipTags(Map.of());

  private final Map<String, Map<String, Float>> scores; // path -> class -> score

  private ClipTags(Map<String, Map<String, Float>> scores) {
    this.scores = scores;
  }

  /**
   * Tags that were made elsewhere.
   *
   * @param scores path of a clip to the classes that were heard in it
   */
  public static ClipTags of(Map<String, Map<String, Float>> scores) {
    Map<String, Map<String, Float>> copy = new TreeMap<>();
    scores.forEach((path, classes) -> copy.put(path, new TreeMap<>(classes)));
    return new ClipTags(copy);
  }

  /**
   * Reads a file of tags.
   *
   * @throws IOException if it cannot be read or a row is no row of tags; the message names both
   */
  public static ClipTags read(Path file) throws IOException {
    Map<String, Map<String, Float>> scores = new LinkedHashMap<>();
    int line = 0;
    for (String row : Files.readAllLines(file)) {
      line++;
      String[] cells = row.split("\t", -1);
      Map<String, Float> classes = new TreeMap<>();
      for (int i = 1; i < cells.length; i++) {
        int colon = cells[i].lastIndexOf(':');
        float score = colon < 1 ? Float.NaN : score(cells[i].substring(colon + 1));
        if (!(score >= 0 && score <= 1)) {
          throw new IOException(
              file + ": line " + line + ": expected class:score with 0 to 1, not " + cells[i]);
        }
        classes.put(cells[i].substring(0, colon), score);
      }
      if (cells[0].isEmpty() || scores.put(cells[0], classes) != null) {
        throw new IOException(
            file + ": line " + line + ": no path, or one that was there: " + cells[0]);
      }
    }
    return of(scores);
  }

  private static float score(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** Writes the tags, clips and classes in alphabetical order, scores with two decimals. */
  public void write(Path file) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (Map.Entry<String, Map<String, Float>> clip : scores.entrySet()) {
        writer.write(row(clip));
      }
    }
  }

  private static String row(Map.Entry<String, Map<String, Float>> clip) {
    StringBuilder row = new StringBuilder(clip.getKey());
    clip.getValue()
        .forEach(
            (name, score) -> {
              long hundredths = Math.round(100.0 * score);
              row.append('\t').append(name).append(':').append(hundredths / 100);
              row.append('.').append(hundredths / 10 % 10).append(hundredths % 10);
            });
    return row.append('\n').toString();
  }

  /** Paths of the clips that the teacher heard, in alphabetical order. */
  public Set<String> paths() {
    return scores.keySet();
  }

  /** Classes that were heard in a clip, with their scores; null for a clip without tags. */
  public Map<String, Float> of(String path) {
    return scores.get(path);
  }

  /** SHA-256 of the tags as {@link #write} writes them, in hexadecimal digits. */
  public String sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (Map.Entry<String, Map<String, Float>> clip : scores.entrySet()) {
      digest.update(row(clip).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
