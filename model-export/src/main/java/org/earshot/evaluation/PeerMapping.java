package org.earshot.evaluation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.earshot.yamnet.YamnetEvents;

/**
 * Which of YAMNet's classes may stand for an event, as {@link YamnetEvents} has them.
 *
 * <p>The variant that scores best on the very streams of the comparison is taken, which favours the
 * peer.
 */
public final class PeerMapping {

  private PeerMapping() {}

  /** Every class that may stand for an event; none for one that YAMNet cannot know. */
  public static Set<String> classes(String event) {
    return yamnet(event).stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The variants for an event, each a list of class names; none for an event that YAMNet cannot
   * know.
   */
  public static List<List<String>> yamnet(String event) {
    return YamnetEvents.variants(event);
  }
}
