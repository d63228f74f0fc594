package org.earshot.cloud.ingest;

import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.store.SetAside;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;

/**
 * Sets messages aside, with the reason; of one sender and one reason only some a minute, so that
 * who floods us with rubbish does not flood the database with it. All are counted.
 */
final class Aside {
  private static final int AT_ONCE = 5;
  private static final double PER_MINUTE = 1;
  private static final int SENDERS = 10_000;
  private static final byte[] NOTHING = {};

  private final SetAside store;
  private final CloudMetrics metrics;
  private final RateLimits limits = new RateLimits(AT_ONCE, PER_MINUTE, SENDERS, System::nanoTime);

  Aside(SetAside store, CloudMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  /** Counts a poison message and decides whether it is kept. */
  boolean isKept(String kind, Incoming message, PoisonException reason) {
    metrics.refused(kind, reason.word());
    return limits.take(reason.word() + ' ' + sender(message.topic()));
  }

  /** Keeps a message; throws StoreException when the database does not work. */
  void keep(Incoming message, PoisonException reason) {
    store.put(
        new SetAside.Message(
            message.receivedAt(),
            message.topic(),
            reason.getMessage(),
            message.payload().length,
            mayHoldSound(message.topic()) ? NOTHING : message.payload()));
    metrics.setAside();
  }

  private static String sender(String topic) {
    return Topics.parse(topic)
        .map(address -> address.topics().site() + '/' + address.topics().device())
        .orElse("?"); // names that are none share one
  }

  /** Whatever is not known to be an event's message may be a clip, and a clip somebody's voice. */
  private static boolean mayHoldSound(String topic) {
    return Topics.parse(topic).map(address -> address.kind() == TopicKind.CLIP).orElse(true);
  }
}
