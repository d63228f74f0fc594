package org.earshot.agent.health;

import java.util.Locale;
import java.util.Map;

/** Writes metrics as text in the form of OpenMetrics 1.0. Not thread-safe. */
final class OpenMetrics {
  static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final StringBuilder out = new StringBuilder(4096);
  private String family = "";

  /** Begins a family of samples: {@code counter}, {@code gauge} or {@code summary}. */
  OpenMetrics family(String name, String type, String help) {
    family = name;
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    return this;
  }

  /**
   * A sample of the family.
   *
   * @param suffix {@code _total} for counters, {@code _count} and {@code _sum} of summaries, or ""
   * @param labels name and value in turns
   */
  OpenMetrics sample(String suffix, Number value, String... labels) {
    out.append(family).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      out.append(escaped(labels[i + 1])).append('"');
    }
    out.append(labels.length > 0 ? "} " : " ").append(number(value.doubleValue())).append('\n');
    return this;
  }

  /** A counter for each key. */
  OpenMetrics counters(String label, Map<String, Long> values) {
    values.forEach((key, value) -> sample("_total", value, label, key));
    return this;
  }

  String finish() {
    return out.append("# EOF\n").toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
