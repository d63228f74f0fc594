package org.earshot.agent.config;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.core.UnmodifiableConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One table of a TOML file, read key by key; what nobody asked for is an error, since a misspelt
 * key would otherwise be a setting that silently does nothing.
 */
final class ConfigTable {
  private final String file;
  private final String path; // "" for the root, else "broker." or "microphone[0]."
  private final UnmodifiableConfig table;
  private final Set<String> asked = new HashSet<>();

  ConfigTable(String file, String path, UnmodifiableConfig table) {
    this.file = file;
    this.path = path;
    this.table = table;
  }

  /** A text, or the default where the key is absent. */
  String text(String key, String absent) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(key, "a text in quotes that is not empty");
  }

  /** A text that must be one of some words. */
  String choice(String key, String absent, List<String> words) throws ConfigException {
    String text = text(key, absent);
    if (text != null && !words.contains(text)) {
      throw wrong(key, "one of " + String.join(", ", words));
    }
    return text;
  }

  boolean flag(String key, boolean absent) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, "true or false");
  }

  int number(String key, int absent, int least, int most) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    if (whole && ((Number) value).longValue() >= least && ((Number) value).longValue() <= most) {
      return ((Number) value).intValue();
    }
    throw wrong(key, "a whole number from " + least + " to " + most);
  }

  double seconds(String key, double absent, double least, double most) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw wrong(key, "a number of seconds from " + least + " to " + most);
  }

  /** Texts, or the default where the key is absent. */
  List<String> texts(String key, List<String> absent) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (!(item instanceof String text)) {
          throw wrong(key, "a list of texts");
        }
        texts.add(text);
      }
      return List.copyOf(texts);
    }
    throw wrong(key, "a list of texts");
  }

  /** The whole numbers of a table, by key; empty where it is absent. */
  Map<String, Integer> numbers(String key, int least, int most) throws ConfigException {
    ConfigTable inner = table(key);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String name : inner.keys()) {
      numbers.put(name, inner.number(name, 0, least, most));
    }
    return numbers;
  }

  /** The lists of texts of a table, by key; empty where it is absent. */
  Map<String, List<String>> lists(String key) throws ConfigException {
    ConfigTable inner = table(key);
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String name : inner.keys()) {
      lists.put(name, inner.texts(name, List.of()));
    }
    return lists;
  }

  /** A table, empty where it is absent. */
  ConfigTable table(String key) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return new ConfigTable(file, path + key + '.', Config.inMemory());
    }
    if (value instanceof UnmodifiableConfig inner) {
      return new ConfigTable(file, path + key + '.', inner);
    }
    throw wrong(key, "a table: write [" + path + key + "] on a line of its own");
  }

  /** The tables of an array of tables, empty where it is absent. */
  List<ConfigTable> tables(String key) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return List.of();
    }
    List<ConfigTable> tables = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (!(item instanceof UnmodifiableConfig inner)) {
          throw wrong(key, "tables: write [[" + path + key + "]] before each");
        }
        tables.add(new ConfigTable(file, path + key + '[' + tables.size() + "].", inner));
      }
      return tables;
    }
    throw wrong(key, "tables: write [[" + path + key + "]] before each");
  }

  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    table.entrySet().forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  /** Rejects every key that was not asked for. */
  void rejectOthers() throws ConfigException {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        throw new ConfigException(
            file
                + ": "
                + path
                + key
                + " is not known; keys here: "
                + String.join(", ", new TreeSet<>(asked)));
      }
    }
  }

  /** Says what should stand at a key. */
  ConfigException wrong(String key, String wanted) {
    Object found = table.get(List.of(key));
    String value = found instanceof String ? "\"" + found + '"' : String.valueOf(found);
    return new ConfigException(
        file + ": " + path + key + " = " + value + " cannot be used; write " + wanted);
  }

  private Object value(String key) {
    asked.add(key);
    return table.get(List.of(key));
  }
}
