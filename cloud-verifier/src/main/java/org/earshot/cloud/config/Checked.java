package org.earshot.cloud.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.earshot.agent.config.ConfigException;
import org.earshot.agent.config.ConfigTable;

/** Values that their own types check: what those refuse is said with file and key. */
final class Checked {
  private Checked() {}

  /** What a type makes of values, or an error at a key of its table. */
  static <T> T value(ConfigTable table, String key, Supplier<T> maker) throws ConfigException {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw table.wrong(key, "something else: " + e.getMessage());
    }
  }

  static Duration seconds(ConfigTable table, String key, double absent, double least, double most)
      throws ConfigException {
    return Duration.ofMillis(Math.round(1000 * table.seconds(key, absent, least, most)));
  }

  static Path path(ConfigTable table, String key) throws ConfigException {
    String text = table.text(key, null);
    return text == null ? null : Path.of(text);
  }

  static Path required(ConfigTable table, String key) throws ConfigException {
    Path path = path(table, key);
    if (path == null) {
      throw table.wrong(key, "the path of a file");
    }
    return path;
  }
}
