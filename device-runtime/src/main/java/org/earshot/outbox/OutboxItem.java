package org.earshot.outbox;

import java.util.Objects;
import org.earshot.event.EventId;

/**
 * Something to be sent.
 *
 * @param id the event's
 * @param kind message or clip
 * @param topic to publish to: 1 to {@link #MAX_TOPIC} printable ASCII characters, no wildcards
 * @param payload its bytes, at most {@link #MAX_PAYLOAD_BYTES}; not copied, so not to be changed
 * @param priority the same for all items of an event
 */
public record OutboxItem(
    EventId id, ItemKind kind, String topic, byte[] payload, Priority priority) {
  /** Bound of a topic's name. */
  public static final int MAX_TOPIC = 256;

  /** Bound of a payload: a minute of noise as lossless 16-bit FLAC needs 1.9 MB. */
  public static final int MAX_PAYLOAD_BYTES = 16 << 20;

  /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
  public OutboxItem {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(priority, "priority");
    if (!isTopic(topic)) {
      throw new IllegalArgumentException(
          "topic is not 1 to " + MAX_TOPIC + " printable ASCII characters without + and #");
    }
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload has " + payload.length + " bytes, wanted at most " + MAX_PAYLOAD_BYTES);
    }
  }

  static boolean isTopic(String topic) {
    return !topic.isEmpty()
        && topic.length() <= MAX_TOPIC
        && topic.chars().allMatch(c -> c > ' ' && c <= '~' && c != '+' && c != '#');
  }
}
