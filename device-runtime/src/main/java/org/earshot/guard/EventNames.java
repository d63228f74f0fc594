package org.earshot.guard;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Labels of events; heads of the owner's own have names of their own. */
final class EventNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_]{0,63}");
  private static final int MAX_EVENTS = 256;

  private EventNames() {}

  static String require(String event) {
    if (!NAME.matcher(event).matches()) {
      throw new IllegalArgumentException(
          "event '" + event + "', wanted up to 64 of a-z, 0-9 and _, as in glass_break");
    }
    return event;
  }

  /** An immutable copy, by name. */
  static Set<String> require(Collection<String> events) {
    if (events.size() > MAX_EVENTS) {
      throw new IllegalArgumentException(events.size() + " events, wanted at most " + MAX_EVENTS);
    }
    events.forEach(EventNames::require);
    return Collections.unmodifiableSet(new TreeSet<>(events));
  }
}
