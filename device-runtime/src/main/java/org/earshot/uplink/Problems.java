package org.earshot.uplink;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;

/** Tells each problem when it begins, when its detail changes and when it ends, and logs that. */
final class Problems {
  private final UplinkHandler handler;
  private final Logger log;
  private final Map<UplinkProblem, String> current = new EnumMap<>(UplinkProblem.class);

  Problems(UplinkHandler handler, Logger log) {
    this.handler = handler;
    this.log = log;
  }

  void begin(UplinkProblem problem, String detail) {
    if (!detail.equals(current.put(problem, detail))) {
      log.warn("{}", detail);
      handler.problem(problem, detail);
    }
  }

  boolean lasts(UplinkProblem problem) {
    return current.containsKey(problem);
  }

  void end(UplinkProblem problem) {
    if (current.remove(problem) != null) {
      handler.cleared(problem);
    }
  }
}
