package org.earshot.uplink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The latest payload of every retained topic, and which of them the broker does not have yet.
 *
 * <p>Only the latest counts: what changes faster than the broker takes it is not queued.
 * Thread-safe.
 */
final class RetainedStates {
  /** Bound of the topics; a device with 64 events has some 140. */
  static final int MAX_TOPICS = 512;

  private final Map<String, byte[]> latest = new LinkedHashMap<>();
  private final Set<String> due = new LinkedHashSet<>();

  /** A topic and what is to be published there. */
  record State(String topic, byte[] payload) {}

  synchronized void put(String topic, byte[] payload) {
    if (!latest.containsKey(topic) && latest.size() == MAX_TOPICS) {
      throw new IllegalStateException("more than " + MAX_TOPICS + " retained topics");
    }
    latest.put(topic, payload.clone());
    due.add(topic);
  }

  /** All are due again: the broker may have lost them, or somebody wants to hear them again. */
  synchronized void allDue() {
    due.addAll(latest.keySet());
  }

  /** Takes at most so many that are due, in the order in which they became so. */
  synchronized List<State> takeDue(int maximum) {
    List<State> taken = new ArrayList<>();
    var topics = due.iterator();
    while (topics.hasNext() && taken.size() < maximum) {
      String topic = topics.next();
      topics.remove();
      taken.add(new State(topic, latest.get(topic)));
    }
    return taken;
  }
}
