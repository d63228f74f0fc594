package org.earshot.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earshot.simulation.SceneInfo;

/** What may decide how hard a stream is, by name. */
final class Conditions {
  static final String BACKGROUND = "background";

  /** In the order in which reports show them. */
  static final List<String> NAMES = List.of("ratio", "distance", BACKGROUND, "sound");

  private Conditions() {}

  /** Conditions of a simulated stream; those that do not apply are left out. */
  static Map<String, String> of(SceneInfo info) {
    Map<String, String> conditions = new LinkedHashMap<>();
    put(conditions, "ratio", info.ratio().equals("none") ? "none" : info.ratio() + " dB");
    put(conditions, "distance", info.distance());
    put(conditions, BACKGROUND, info.backgroundClass());
    put(conditions, "sound", info.alarmKind());
    return conditions;
  }

  private static void put(Map<String, String> conditions, String name, String value) {
    if (!value.equals("none")) {
      conditions.put(name, value);
    }
  }
}
