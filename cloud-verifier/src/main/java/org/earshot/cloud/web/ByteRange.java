package org.earshot.cloud.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for (RFC 9110, section 14): one range of bytes.
 *
 * @param first index of the first byte
 * @param last index of the last byte
 */
record ByteRange(int first, int last) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,9})-(\\d{0,9})");

  /** A range that lies beyond the file. */
  static final class UnsatisfiableException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads a Range header.
   *
   * @param header null when there is none
   * @return null when the whole file is to be sent: no header, several ranges, or none that can be
   *     understood
   */
  static ByteRange parse(String header, int length) throws UnsatisfiableException {
    Matcher range = ONE.matcher(header == null ? "" : header.replace(" ", ""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      int suffix = Integer.parseInt(range.group(2));
      if (suffix == 0) {
        throw new UnsatisfiableException();
      }
      return new ByteRange(Math.max(0, length - suffix), length - 1);
    }
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(range.group(2));
    if (last < first) {
      return null;
    }
    if (first >= length) {
      throw new UnsatisfiableException();
    }
    return new ByteRange(first, Math.min(last, length - 1));
  }

  int length() {
    return last - first + 1;
  }
}
