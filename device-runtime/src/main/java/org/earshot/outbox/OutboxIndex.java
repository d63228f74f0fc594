package org.earshot.outbox;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.earshot.event.EventId;

/** Which entries wait, what they cost, and who comes first; guarded by the outbox's lock. */
final class OutboxIndex {
  private static final Comparator<OutboxEntry> SENDING_ORDER =
      Comparator.comparingInt(OutboxEntry::rank).thenComparingLong(OutboxEntry::sequence);
  // the first to go: worst rank, oldest of it
  private static final Comparator<OutboxEntry> DROPPING_ORDER =
      Comparator.comparingInt(OutboxEntry::rank)
          .reversed()
          .thenComparingLong(OutboxEntry::sequence);

  private final OutboxLimits limits;
  private final TreeSet<OutboxEntry> sending = new TreeSet<>(SENDING_ORDER);
  private final TreeSet<OutboxEntry> dropping = new TreeSet<>(DROPPING_ORDER);
  private long bytes; // of entries and of what is being written
  private int writing;

  OutboxIndex(OutboxLimits limits) {
    this.limits = limits;
  }

  void add(OutboxEntry entry) {
    sending.add(entry);
    dropping.add(entry);
    bytes += OutboxLimits.cost(ItemFile.bytes(entry));
  }

  boolean remove(OutboxEntry entry) {
    if (!sending.remove(entry)) {
      return false;
    }
    dropping.remove(entry);
    bytes -= OutboxLimits.cost(ItemFile.bytes(entry));
    return true;
  }

  /** Counts an entry while its file is written. */
  void reserve(OutboxEntry entry) {
    bytes += OutboxLimits.cost(ItemFile.bytes(entry));
    writing++;
  }

  /** Ends what {@link #reserve} began. */
  void release(OutboxEntry entry) {
    bytes -= OutboxLimits.cost(ItemFile.bytes(entry));
    writing--;
  }

  boolean contains(OutboxEntry entry) {
    return sending.contains(entry);
  }

  int size() {
    return sending.size();
  }

  long bytes() {
    return bytes;
  }

  /** Whether the limits are exceeded with this much more. */
  boolean isOver(long moreBytes, int moreItems) {
    return exceeds(bytes + moreBytes, sending.size() + writing + moreItems);
  }

  private boolean exceeds(long someBytes, int items) {
    return someBytes > limits.maxBytes() || items > limits.maxItems();
  }

  /** Whether there is room for an entry once all that matters no more than it is gone. */
  boolean canMakeRoom(OutboxEntry entry) {
    long left = bytes + OutboxLimits.cost(ItemFile.bytes(entry));
    int items = sending.size() + writing + 1;
    for (OutboxEntry victim : dropping) {
      if (!exceeds(left, items) || victim.rank() < entry.rank()) {
        break;
      }
      left -= OutboxLimits.cost(ItemFile.bytes(victim));
      items--;
    }
    return !exceeds(left, items);
  }

  /** Returns what matters least, the oldest of that; null when nothing waits. */
  OutboxEntry firstToDrop() {
    return dropping.isEmpty() ? null : dropping.first();
  }

  List<OutboxEntry> waiting(Predicate<OutboxEntry> matches) {
    return sending.stream().filter(matches).toList();
  }

  /** See {@link Outbox#next(Predicate)}. */
  Optional<OutboxEntry> next(Predicate<OutboxEntry> accepts) {
    Set<EventId> told = new HashSet<>(); // events of which a message waits
    for (OutboxEntry entry : sending) {
      boolean first =
          entry.kind() == ItemKind.EVENT ? told.add(entry.id()) : !told.contains(entry.id());
      if (first && accepts.test(entry)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }
}
