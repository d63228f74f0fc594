package org.earshot.teaching;

import java.io.IOException;

/** Labels of events that people choose. */
final class EventName {
  private static final String NAME = "[a-z][a-z0-9_]{0,63}";

  private EventName() {}

  static String checked(String name) throws IOException {
    if (!name.matches(NAME)) {
      throw new IOException(
          "'" + name + "' cannot be a name; wanted small letters, digits and _, as in my_kettle");
    }
    return name;
  }
}
