package org.earshot.heads;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The records of all events as text: a heading, a line an event, and the SHA-256 of all lines
 * before.
 */
final class HeadLedger {
  /** Bound of the number of events, those included whose heads were removed. */
  static final int MAX_EVENTS = 256;

  static final int MAX_BYTES = 1 << 17;

  private static final String HEADING = "Earshot heads 1\n";
  private static final String DIGEST = "sha256 ";
  private static final Pattern LINE =
      Pattern.compile("([a-z][a-z0-9_]{0,63}) ([1-9][0-9]{0,9}) (-|[0-9a-f]{64}) (-|[0-9a-f]{64})");

  private HeadLedger() {}

  static byte[] write(Map<String, HeadRecord> records) {
    StringBuilder text = new StringBuilder(HEADING);
    for (HeadRecord record : new TreeMap<>(records).values()) {
      text.append(record.event())
          .append(' ')
          .append(record.highest())
          .append(' ')
          .append(orDash(record.current()))
          .append(' ')
          .append(orDash(record.previous()))
          .append('\n');
    }
    String digest = digest(text.toString());
    text.append(DIGEST).append(digest).append('\n');
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @throws IllegalArgumentException that says what is wrong, and where
   */
  static Map<String, HeadRecord> read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf(DIGEST);
    if (!text.startsWith(HEADING)
        || end < 0
        || !text.substring(end).equals(DIGEST + digest(text.substring(0, end)) + '\n')) {
      throw new IllegalArgumentException("damaged: its SHA-256 does not match");
    }
    Map<String, HeadRecord> records = new TreeMap<>();
    int offset = HEADING.length();
    while (offset < end) {
      int next = text.indexOf('\n', offset);
      Matcher line = LINE.matcher(text.substring(offset, next));
      if (!line.matches() || records.size() == MAX_EVENTS) {
        throw new IllegalArgumentException("not understood from byte " + offset);
      }
      HeadRecord record =
          new HeadRecord(
              line.group(1), version(line.group(2)), name(line.group(3)), name(line.group(4)));
      records.put(record.event(), record);
      offset = next + 1;
    }
    return records;
  }

  private static int version(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("version " + digits + " is too large", e);
    }
  }

  private static String orDash(String name) {
    return name == null ? "-" : name;
  }

  private static String name(String field) {
    return field.equals("-") ? null : field;
  }

  private static String digest(String text) {
    return Ed25519.hex(Ed25519.sha256(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
