package org.earshot.agent.config;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.core.UnmodifiableConfig;
import com.electronwill.nightconfig.toml.TomlParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 *
 * <p>A table that was read with an environment takes a value from it, where it has one: for the key
 * {@code url} of the table {@code [database]} and the prefix {@code EARSHOT_CLOUD_} the variable
 * {@code EARSHOT_CLOUD_DATABASE_URL}. Lists are separated by commas there. Tables of an array have
 * no variables. Messages name the file, the key and what to write.
 */
public final class ConfigTable {
  /** Largest file that is read: a configuration is a page or two. */
  private static final int MOST_BYTES = 1 << 20;

  private final String file;
  private final String path; // "" for the root, else "broker." or "microphone[0]."
  private final UnmodifiableConfig table;
  private final ConfigEnvironment environment;
  private final Set<String> asked = new HashSet<>();

  ConfigTable(String file, String path, UnmodifiableConfig table, ConfigEnvironment environment) {
    this.file = file;
    this.path = path;
    this.table = table;
    this.environment = environment;
  }

  /** The root of nothing: every key has its default. */
  public static ConfigTable empty() {
    return new ConfigTable("defaults", "", Config.inMemory(), ConfigEnvironment.NONE);
  }

  /** The root of a file. */
  public static ConfigTable read(Path file) throws IOException {
    return read(file, ConfigEnvironment.NONE);
  }

  /**
   * The root of a file whose values some variables replace.
   *
   * @param file null for none: then there are defaults and variables only
   */
  public static ConfigTable read(Path file, ConfigEnvironment environment) throws IOException {
    if (file == null) {
      return new ConfigTable("environment", "", Config.inMemory(), environment);
    }
    if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
      throw new ConfigException(file + ": is larger than a configuration; check the path");
    }
    try {
      return parse(file.toString(), Files.readString(file), environment);
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": is not UTF-8 text; save it as UTF-8", e);
    }
  }

  static ConfigTable parse(String file, String text, ConfigEnvironment environment)
      throws ConfigException {
    try {
      return new ConfigTable(file, "", toml(text), environment);
    } catch (RuntimeException e) { // ParsingException, and others that the parser lets through
      throw new ConfigException(
          file + ": line " + firstBadLine(text) + " is not TOML: " + oneLine(e.getMessage()), e);
    }
  }

  /** The parser quotes the line break at which it stopped. */
  private static String oneLine(String message) {
    return String.valueOf(message).replace("\n", "\\n").replace("\r", "\\r");
  }

  private static UnmodifiableConfig toml(String text) {
    return new TomlParser().parse(text + '\n'); // a header must not be the last thing in a file
  }

  /** The parser does not say where: the line after the longest run of lines that it accepts. */
  private static int firstBadLine(String text) {
    List<String> lines = text.lines().toList();
    for (int good = lines.size() - 1; good > 0; good--) {
      try {
        toml(String.join("\n", lines.subList(0, good)));
        return good + 1;
      } catch (RuntimeException e) {
        // Not yet.
      }
    }
    return 1;
  }

  /** A text, or the default where the key is absent. */
  public String text(String key, String absent) throws ConfigException {
    String replaced = environment.text(path + key);
    Object value = replaced == null ? value(key) : replaced; // digits may be a text, too
    if (value == null) {
      return absent;
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(key, "a text in quotes that is not empty");
  }

  /** A text that must be one of some words. */
  public String choice(String key, String absent, List<String> words) throws ConfigException {
    String text = text(key, absent);
    if (text != null && !words.contains(text)) {
      throw wrong(key, "one of " + String.join(", ", words));
    }
    return text;
  }

  /** True or false, or the default where the key is absent. */
  public boolean flag(String key, boolean absent) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, "true or false");
  }

  /** A whole number within bounds, or the default where the key is absent. */
  public int number(String key, int absent, int least, int most) throws ConfigException {
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

  /** Seconds within bounds, or the default where the key is absent. */
  public double seconds(String key, double absent, double least, double most)
      throws ConfigException {
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
  public List<String> texts(String key, List<String> absent) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return absent;
    }
    List<String> texts = new ArrayList<>();
    String replaced = environment.text(path + key);
    if (replaced != null) {
      return List.of(replaced.split("\\s*,\\s*"));
    }
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
  public Map<String, Integer> numbers(String key, int least, int most) throws ConfigException {
    ConfigTable inner = table(key);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String name : inner.keys()) {
      numbers.put(name, inner.number(name, 0, least, most));
    }
    return numbers;
  }

  /** The lists of texts of a table, by key; empty where it is absent. */
  public Map<String, List<String>> lists(String key) throws ConfigException {
    ConfigTable inner = table(key);
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String name : inner.keys()) {
      lists.put(name, inner.texts(name, List.of()));
    }
    return lists;
  }

  /** A table, empty where it is absent. */
  public ConfigTable table(String key) throws ConfigException {
    Object value = value(key);
    if (value == null) {
      return new ConfigTable(file, path + key + '.', Config.inMemory(), environment);
    }
    if (value instanceof UnmodifiableConfig inner) {
      return new ConfigTable(file, path + key + '.', inner, environment);
    }
    throw wrong(key, "a table: write [" + path + key + "] on a line of its own");
  }

  /** The tables of an array of tables, empty where it is absent. */
  public List<ConfigTable> tables(String key) throws ConfigException {
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
        String name = path + key + '[' + tables.size() + "].";
        tables.add(new ConfigTable(file, name, inner, ConfigEnvironment.NONE));
      }
      return tables;
    }
    throw wrong(key, "tables: write [[" + path + key + "]] before each");
  }

  /** The keys that the file has, in order. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    table.entrySet().forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  /**
   * Rejects every key that was not asked for; of the root, every variable too, so the root comes
   * last.
   */
  public void rejectOthers() throws ConfigException {
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
    if (path.isEmpty()) {
      environment.rejectOthers();
    }
  }

  /** Says what should stand at a key, or in the variable that stands for it. */
  public ConfigException wrong(String key, String wanted) {
    String variable = environment.variable(path + key);
    Object found = value(key);
    String name =
        variable == null
            ? file + ": " + path + key + shown(found)
            : variable + shown(found) + " in the environment";
    return new ConfigException(name + " cannot be used; write " + wanted);
  }

  /** Tables are not shown: they would fill the screen. */
  private static String shown(Object found) {
    boolean tables =
        found instanceof UnmodifiableConfig
            || (found instanceof List<?> list
                && list.stream().anyMatch(UnmodifiableConfig.class::isInstance));
    if (tables) {
      return "";
    }
    return " = " + (found instanceof String ? "\"" + found + '"' : String.valueOf(found));
  }

  private Object value(String key) {
    asked.add(key);
    Object replaced = environment.value(path + key);
    return replaced == null ? table.get(List.of(key)) : replaced;
  }
}
