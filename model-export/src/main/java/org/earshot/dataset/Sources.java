package org.earshot.dataset;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the recording that a clip was cut from, by the naming customs of the data sets. */
final class Sources {
  /** ESC-50 and Kitchen20: fold-source-take-class. */
  private static final Pattern FOLD_SOURCE_TAKE =
      Pattern.compile("(\\d+)-(\\d+)-([A-Z])-(\\d+)\\.wav");

  /** Pieces of one long file: NAME.wav.OFFSET.wav.... */
  private static final Pattern PIECE_OF_FILE = Pattern.compile("(.+?)\\.wav\\..+");

  /** Variants of one sound: NAME_7 or NAME.3. */
  private static final Pattern VARIANT = Pattern.compile("(.+?)[._]\\d{1,2}");

  private Sources() {}

  static String of(String dataset, String originalName) {
    Matcher matcher = FOLD_SOURCE_TAKE.matcher(originalName);
    if (matcher.matches()) {
      return dataset + '/' + matcher.group(2);
    }
    matcher = PIECE_OF_FILE.matcher(originalName);
    if (matcher.matches()) {
      return dataset + '/' + matcher.group(1);
    }
    String stem = originalName.replaceFirst("\\.[A-Za-z0-9]+$", "");
    matcher = VARIANT.matcher(stem);
    return dataset + '/' + (matcher.matches() ? matcher.group(1) : stem);
  }
}
