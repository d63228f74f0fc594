package org.earshot.guard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file of settings: a first line, {@code name=value} lines, and a last line with the SHA-256 of
 * all before it. Names that are not known are skipped, so that an older program reads it.
 */
final class SettingsText {
  private static final String FIRST = "earshot guard settings 1\n";
  private static final String LAST = "sha256=";
  private static final int LAST_BYTES = LAST.length() + 64 + 1;
  private static final String CURRENT = "";
  private static final String CONFIGURED = "configured.";
  private static final String SELECT = "select.";
  private static final String SENSITIVITY = "sensitivity.";
  private static final String[] NONE = {};

  private SettingsText() {}

  /**
   * The settings, and those of the configuration that they came from.
   *
   * @param configured what the configuration said when the file was written
   */
  record Stored(GuardSettings current, GuardSettings configured) {}

  static byte[] write(Stored stored) {
    StringBuilder text = new StringBuilder(FIRST);
    append(text, CURRENT, stored.current());
    append(text, CONFIGURED, stored.configured());
    String body = text.toString();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return (body + LAST + sha256(bytes, bytes.length) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder text, String prefix, GuardSettings settings) {
    ModeChoice choice = settings.choice();
    line(text, prefix + "mode", choice.mode().text());
    line(text, prefix + "since", choice.since().toString());
    line(text, prefix + "schedule", choice.schedule());
    line(text, prefix + "before", choice.before().text());
    settings
        .selection()
        .forEach(
            (mode, events) -> line(text, prefix + SELECT + mode.text(), String.join(",", events)));
    settings
        .sensitivity()
        .forEach((event, value) -> line(text, prefix + SENSITIVITY + event, value.toString()));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(value).append('\n');
  }

  /** Throws IllegalArgumentException, with what is wrong, for anything but a whole file. */
  static Stored read(byte[] file) {
    int bodyBytes = file.length - LAST_BYTES;
    if (bodyBytes < FIRST.length()) {
      throw new IllegalArgumentException("cut short at byte " + file.length);
    }
    String last = new String(file, bodyBytes, LAST_BYTES, StandardCharsets.ISO_8859_1);
    if (!last.equals(LAST + sha256(file, bodyBytes) + "\n")) {
      throw new IllegalArgumentException("checksum at byte " + bodyBytes + " does not match");
    }
    String body = text(file, bodyBytes);
    if (!body.startsWith(FIRST)) {
      throw new IllegalArgumentException("of another version at byte 0");
    }
    Map<String, String> values = new LinkedHashMap<>();
    body.substring(FIRST.length())
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              values.put(line.substring(0, equals), line.substring(equals + 1));
            });
    return new Stored(settings(values, CURRENT), settings(values, CONFIGURED));
  }

  private static GuardSettings settings(Map<String, String> values, String prefix) {
    ModeChoice choice =
        new ModeChoice(
            GuardMode.parse(required(values, prefix + "mode")),
            instant(required(values, prefix + "since")),
            required(values, prefix + "schedule"),
            GuardMode.parse(required(values, prefix + "before")));
    Map<GuardMode, Set<String>> selection = new EnumMap<>(GuardMode.class);
    for (GuardMode mode : GuardMode.values()) {
      String events = required(values, prefix + SELECT + mode.text());
      selection.put(
          mode, EventNames.require(List.of(events.isEmpty() ? NONE : events.split(",", -1))));
    }
    Map<String, Integer> sensitivity = new TreeMap<>();
    String start = prefix + SENSITIVITY;
    values.forEach(
        (name, value) -> {
          if (name.startsWith(start)) {
            sensitivity.put(name.substring(start.length()), Integer.valueOf(value));
          }
        });
    return new GuardSettings(choice, selection, sensitivity);
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("without " + name);
    }
    return value;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time '" + text + "'", e);
    }
  }

  private static String text(byte[] file, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(file, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  static String sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
