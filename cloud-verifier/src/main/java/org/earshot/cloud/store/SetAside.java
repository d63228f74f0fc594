package org.earshot.cloud.store;

import java.time.Instant;
import java.util.List;

/** Messages that could not be used, with the reason, so that none stops the others. */
public interface SetAside {
  /**
   * One message.
   *
   * @param at when it was received
   * @param topic its topic, cut to 512 characters
   * @param reason why it cannot be used
   * @param bytes its size
   * @param payload its first bytes, at most 4096; none of a clip, which may be somebody's voice
   */
  record Message(Instant at, String topic, String reason, long bytes, byte[] payload) {}

  /** Keeps one; of many the oldest make room. */
  void put(Message message);

  /** Returns the latest, newest first, at most {@code limit}. */
  List<Message> latest(int limit);

  /** Returns how many were ever set aside. */
  long count();
}
