package org.earshot.agent.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Variables of the environment that stand for keys of a configuration: a prefix, then the key with
 * its tables, in upper case, joined by underscores.
 */
public final class ConfigEnvironment {
  static final ConfigEnvironment NONE = new ConfigEnvironment("", Map.of());

  private final String prefix;
  private final Map<String, String> variables;
  private final Set<String> used = new HashSet<>();

  private ConfigEnvironment(String prefix, Map<String, String> variables) {
    this.prefix = prefix;
    this.variables = variables;
  }

  /**
   * The variables that begin with a prefix.
   *
   * @param prefix such as {@code EARSHOT_CLOUD_}
   */
  public static ConfigEnvironment of(String prefix, Map<String, String> environment) {
    return new ConfigEnvironment(prefix, Map.copyOf(environment));
  }

  /**
   * What a variable says; null where there is none.
   *
   * @param key with its tables, such as {@code database.url}
   */
  String text(String key) {
    String name = variable(key);
    if (name == null) {
      return null;
    }
    used.add(name);
    return variables.get(name).strip();
  }

  /** The variable that stands for a key; null where there is none. */
  String variable(String key) {
    String name = prefix + key.replace('.', '_').toUpperCase(Locale.ROOT);
    return !prefix.isEmpty() && variables.containsKey(name) ? name : null;
  }

  /** As {@link #text}, of the type that TOML would give it. */
  Object value(String key) {
    String text = text(key);
    return text == null ? null : typed(text);
  }

  private static Object typed(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("[+-]?[0-9]{1,18}")) {
      return Long.valueOf(text);
    }
    if (text.matches("[+-]?[0-9]+[.][0-9]+")) {
      return Double.valueOf(text);
    }
    return text;
  }

  /** Rejects variables with the prefix that no key asked for. */
  void rejectOthers() throws ConfigException {
    for (String name : new TreeSet<>(variables.keySet())) {
      if (!prefix.isEmpty() && name.startsWith(prefix) && !used.contains(name)) {
        throw new ConfigException(name + " in the environment stands for no key; check its name");
      }
    }
  }
}
