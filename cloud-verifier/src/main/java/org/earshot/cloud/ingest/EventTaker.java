package org.earshot.cloud.ingest;

import java.time.Instant;
import java.util.Optional;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.Received;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.store.VerificationState;
import org.earshot.cloud.verify.DeadlineRules;
import org.earshot.cloud.verify.Verification;
import org.earshot.event.EventMessage;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;

/** Takes in messages about events. */
final class EventTaker implements Taker {
  private final History history;
  private final Verification verification;
  private final DeadlineRules deadlines;
  private final RateLimits limits;
  private final RateLimits urgentLimits;
  private final CloudMetrics metrics;

  EventTaker(
      History history,
      Verification verification,
      DeadlineRules deadlines,
      IngestLimits limits,
      CloudMetrics metrics) {
    this.history = history;
    this.verification = verification;
    this.deadlines = deadlines;
    this.metrics = metrics;
    this.limits = limits(limits);
    urgentLimits = limits(limits);
  }

  private static RateLimits limits(IngestLimits limits) {
    return new RateLimits(
        limits.events(), limits.eventsPerMinute(), limits.devices(), System::nanoTime);
  }

  @Override
  public String kind() {
    return "event";
  }

  @Override
  public Parcel open(Incoming message) throws PoisonException {
    Topics topics = sender(message, TopicKind.EVENT).topics();
    if (message.payload().length > MessageCodec.MAX_BYTES) {
      throw new PoisonException(
          "too_large",
          message.payload().length + " bytes; a message has at most " + MessageCodec.MAX_BYTES);
    }
    EventMessage event;
    try {
      event = MessageCodec.parseEvent(message.payload());
    } catch (MalformedMessageException e) {
      throw new PoisonException("malformed", e.getMessage());
    }
    if (!event.site().equals(topics.site()) || !event.device().equals(topics.device())) {
      throw new PoisonException(
          "sender", "it says it is of " + event.site() + "/" + event.device() + "; its topic not");
    }
    boolean urgent = deadlines.isLifeSafety(event.event());
    String device = topics.site() + '/' + topics.device();
    if (!(urgent ? urgentLimits : limits).take(device)) {
      throw new PoisonException("too_many", "the device sends too many messages");
    }
    return () -> store(event, message.receivedAt(), urgent);
  }

  /** Returns what the topic says of a sender of this kind. */
  static Topics.Address sender(Incoming message, TopicKind kind) throws PoisonException {
    Optional<Topics.Address> address = Topics.parse(message.topic());
    if (address.isEmpty() || address.get().kind() != kind) {
      throw new PoisonException("topic", "the topic is none of a device");
    }
    return address.get();
  }

  private void store(EventMessage event, Instant receivedAt, boolean urgent)
      throws UnavailableException, PoisonException {
    EventKey key = new EventKey(event.site(), event.id());
    Received received;
    Optional<EventRecord> record = Optional.empty();
    try {
      received = history.receive(event, receivedAt, deadlines.deadline(event, receivedAt));
      if (received == Received.STORED && event.clipExpected()) {
        record = history.find(key);
      }
    } catch (StoreException e) {
      throw new UnavailableException(Part.DATABASE, e);
    }
    switch (received) {
      case STORED -> metrics.received(kind());
      case REPEATED -> metrics.repeated(kind());
      case DELETED -> metrics.refused(kind(), "deleted");
      case FOREIGN -> throw new PoisonException("foreign", "another device has that event id");
    }
    if (record.isPresent() && record.get().verification() == VerificationState.READY) {
      var unused = verification.offer(key, urgent); // without room it is found in the history
    }
  }
}
