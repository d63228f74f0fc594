package org.earshot.uplink;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.Outbox;
import org.earshot.outbox.OutboxEntry;
import org.earshot.outbox.Priority;

/**
 * Sends one kind of item from the outbox over one connection, several at a time, in order.
 *
 * <p>On the uplink's thread; results are handed back to it.
 */
final class Lane {
  /** Runs something on the uplink's thread. */
  interface Loop {
    void run(Runnable action);
  }

  /** Hears what became of items. */
  interface Results {
    void delivered(OutboxEntry entry);

    void refused(OutboxEntry entry, String reason, boolean givenUp);

    void unheard(OutboxEntry entry, String reason, boolean givenUp);
  }

  private static final int SLOWEST_BYTES_PER_SECOND = 4096;

  private record Flight(OutboxEntry entry, long deadlineNanos) {}

  private final ItemKind kind;
  private final int window;
  private final Outbox outbox;
  private final BrokerLink link;
  private final Attempts attempts;
  private final Audience audience;
  private final Loop loop;
  private final Results results;
  private final Duration patience;
  private final int tries;
  private final LongSupplier clock; // nanoseconds
  private final Map<Long, Flight> flights = new LinkedHashMap<>(); // by sequence
  private final AtomicLong bytes = new AtomicLong();

  Lane(
      ItemKind kind,
      int window,
      Outbox outbox,
      BrokerLink link,
      Attempts attempts,
      Audience audience,
      Loop loop,
      Results results,
      UplinkSettings settings,
      LongSupplier clock) {
    this.kind = kind;
    this.window = window;
    this.outbox = outbox;
    this.link = link;
    this.attempts = attempts;
    this.audience = audience;
    this.loop = loop;
    this.results = results;
    patience = settings.patience();
    tries = settings.tries();
    this.clock = clock;
  }

  /** Sends what may be sent now. */
  void send(long nowNanos) {
    while (link.isConnected() && flights.size() < window) {
      Optional<OutboxEntry> next = outbox.next(entry -> maySend(entry, nowNanos));
      if (next.isEmpty()) {
        return;
      }
      // a payload that cannot be read is out of the outbox now, so that this ends
      outbox.payload(next.get()).ifPresent(payload -> send(next.get(), payload, nowNanos));
    }
  }

  /** Whether something waits for somebody to subscribe to it. */
  boolean isUnheard() {
    return audience.isMissing() && outbox.next(entry -> entry.kind() == kind).isPresent();
  }

  /** Whether something could be sent if the connection stood, or is in flight. */
  boolean isBusy(long nowNanos) {
    return !flights.isEmpty() || outbox.next(entry -> maySend(entry, nowNanos)).isPresent();
  }

  private boolean maySend(OutboxEntry entry, long nowNanos) {
    if (entry.kind() != kind
        || flights.containsKey(entry.sequence())
        || attempts.isPaused(entry, nowNanos)
        || !audience.mayOffer(entry, !flights.isEmpty(), nowNanos)) {
      return false;
    }
    if (entry.priority() == Priority.LIFE_SAFETY && !attempts.isSuspect(entry)) {
      return true;
    }
    boolean suspectFlies =
        flights.values().stream().anyMatch(flight -> attempts.isSuspect(flight.entry()));
    return !suspectFlies && (flights.isEmpty() || !attempts.isSuspect(entry));
  }

  private void send(OutboxEntry entry, byte[] payload, long nowNanos) {
    flights.put(entry.sequence(), fly(entry, nowNanos));
    var unused =
        link.publish(entry.topic(), payload, true, false)
            .thenAccept(failure -> loop.run(() -> landed(entry, failure)));
  }

  private void landed(OutboxEntry entry, Throwable failure) {
    flights.remove(entry.sequence());
    if (failure instanceof NobodyListensException) {
      unheard(entry, failure.getMessage());
    } else if (failure == null) {
      attempts.forget(entry);
      audience.heard(entry);
      // else the budget dropped it, or the broker acknowledged twice
      if (outbox.contains(entry)) {
        bytes.addAndGet(entry.payloadBytes());
        acknowledge(entry);
        results.delivered(entry);
      }
    } else {
      Causes.refusal(failure).ifPresent(reason -> refused(entry, reason));
    }
  }

  private void unheard(OutboxEntry entry, String reason) {
    attempts.forget(entry); // the broker does not mind it
    audience.retain(outbox::contains); // a connection may last for weeks
    boolean givenUp = audience.unheard(entry, clock.getAsLong());
    if (outbox.contains(entry)) {
      if (givenUp) {
        acknowledge(entry);
      }
      results.unheard(entry, reason, givenUp);
    }
  }

  private void acknowledge(OutboxEntry entry) {
    try {
      outbox.acknowledge(entry);
    } catch (IOException e) {
      // out of the index: not sent again before the next start, and then harmless
    }
  }

  private void refused(OutboxEntry entry, String reason) {
    if (!outbox.contains(entry)) {
      return;
    }
    boolean givenUp = attempts.refused(entry, clock.getAsLong()) >= tries;
    if (givenUp) {
      attempts.forget(entry);
      outbox.setAside(entry, "the broker refused it " + tries + " times: " + reason);
    }
    results.refused(entry, reason, givenUp);
  }

  /** Lays the blame when a connection broke. */
  void disconnected(Throwable cause) {
    attempts.retain(outbox::contains);
    audience.retain(outbox::contains);
    long now = clock.getAsLong();
    List<OutboxEntry> flying = flights.values().stream().map(Flight::entry).toList();
    boolean alone = flying.size() == 1;
    if (Causes.blamesContent(cause)) {
      if (alone) {
        refused(flying.get(0), "it ended the connection: " + cause.getMessage());
      } else {
        flying.forEach(attempts::suspect);
      }
    } else {
      flying.forEach(entry -> attempts.lost(entry, alone, now));
    }
  }

  /** Gives what the client sends again on a new connection its time. */
  void connected(long nowNanos) {
    audience.connected(nowNanos);
    flights.replaceAll((sequence, flight) -> fly(flight.entry(), nowNanos));
  }

  private Flight fly(OutboxEntry entry, long nowNanos) {
    Duration limit = patience.plusSeconds(entry.payloadBytes() / SLOWEST_BYTES_PER_SECOND);
    return new Flight(entry, nowNanos + limit.toNanos());
  }

  /** Breaks the connection when an acknowledgement is overdue. */
  void checkPatience(long nowNanos) {
    boolean overdue =
        flights.values().stream().anyMatch(flight -> nowNanos - flight.deadlineNanos() > 0);
    if (overdue && link.isConnected()) {
      link.restart();
    }
  }

  /** Whether something waits that the broker refused. */
  boolean hasRefused() {
    return attempts.hasRefused();
  }

  /** Returns when something is to be done by time alone, in nanoseconds from now. */
  OptionalLong nextNanos(long nowNanos) {
    return LongStream.concat(
            LongStream.concat(
                attempts.nextNanos(nowNanos).stream(), audience.nextNanos(nowNanos).stream()),
            flights.values().stream()
                .mapToLong(flight -> Math.max(0, flight.deadlineNanos() - nowNanos)))
        .min();
  }

  /** Returns the payload bytes that were delivered; from any thread. */
  long bytes() {
    return bytes.get();
  }
}
