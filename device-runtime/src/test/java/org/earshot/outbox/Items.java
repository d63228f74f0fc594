package org.earshot.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;

/** Makes items and looks into outboxes. */
final class Items {
  static final OutboxLimits AMPLE = OutboxLimits.bytes(16 << 20);

  private final Random random;
  private final EventIds ids;

  Items(long seed) {
    random = new Random(seed);
    ids = new EventIds(Clock.systemUTC(), random);
  }

  EventId id() {
    return ids.next();
  }

  OutboxItem event(Priority priority) {
    return item(id(), ItemKind.EVENT, priority, 300);
  }

  OutboxItem clip(Priority priority, int bytes) {
    return item(id(), ItemKind.CLIP, priority, bytes);
  }

  OutboxItem item(EventId id, ItemKind kind, Priority priority, int bytes) {
    byte[] payload = new byte[bytes];
    random.nextBytes(payload);
    return new OutboxItem(id, kind, "earshot/home/hall/" + kind, payload, priority);
  }

  static Outbox open(Path folder, Losses losses) throws IOException {
    return Outbox.open(folder, AMPLE, losses);
  }

  /** Takes everything out, in the order of sending. */
  static List<OutboxEntry> drain(Outbox outbox) throws IOException {
    List<OutboxEntry> drained = new ArrayList<>();
    for (var next = outbox.next(); next.isPresent(); next = outbox.next()) {
      drained.add(next.get());
      outbox.acknowledge(next.get());
    }
    return drained;
  }

  static List<EventId> ids(List<OutboxEntry> entries) {
    return entries.stream().map(OutboxEntry::id).toList();
  }
}
