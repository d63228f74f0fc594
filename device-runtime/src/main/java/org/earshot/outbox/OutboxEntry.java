package org.earshot.outbox;

import org.earshot.event.EventId;

/**
 * An item that waits in the outbox; its payload stays on disk.
 *
 * @param sequence order in which items were put, from 1
 * @param id the event's
 * @param kind message or clip
 * @param priority life-safety or normal
 * @param topic to publish to
 * @param payloadBytes length of the payload
 */
public record OutboxEntry(
    long sequence, EventId id, ItemKind kind, Priority priority, String topic, int payloadBytes) {

  /** Rank in sending: 0 life-safety messages, 1 messages, 2 life-safety clips, 3 clips. */
  int rank() {
    return 2 * kind.code() + priority.code();
  }
}
