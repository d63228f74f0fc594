package org.earshot.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.detect.Sensitivity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How readily alerts are raised, for all events or for one. */
final class SensitivityOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--sensitivity",
      paramLabel = "S|EVENT=S",
      split = ",",
      description = {
        "0 to 100 for all events, or EVENT=S for one; may be given more than once.",
        "50 (the default) is exactly the model's thresholds; higher hears more and errs more:",
        "'earshot heads list' says what it costs."
      })
  private List<String> values = List.of();

  Sensitivity parse(List<String> events) {
    int general = Sensitivity.STANDARD;
    Map<String, Integer> byEvent = new HashMap<>();
    for (String value : values) {
      int equals = value.indexOf('=');
      int sensitivity = number(value.substring(equals + 1));
      if (equals < 0) {
        general = sensitivity;
      } else {
        String event = value.substring(0, equals).strip();
        if (!events.contains(event)) {
          throw wrong(
              "--sensitivity: no head for '" + event + "'; there are " + String.join(", ", events));
        }
        byEvent.put(event, sensitivity);
      }
    }
    return new Sensitivity(general, byEvent);
  }

  private int number(String text) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= 0 && value <= Sensitivity.MAX) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of range.
    }
    throw wrong("--sensitivity: '" + text + "' is not a whole number from 0 to 100");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), Messages.line(message));
  }
}
