package org.earshot.teaching;

import java.io.IOException;
import org.earshot.model.EventLabels;

/** Labels of events that people choose. */
final class EventName {
  private EventName() {}

  static String checked(String name) throws IOException {
    if (!EventLabels.isLabel(name)) {
      throw new IOException(
          "'" + name + "' cannot be a name; wanted small letters, digits and _, as in my_kettle");
    }
    return name;
  }
}
