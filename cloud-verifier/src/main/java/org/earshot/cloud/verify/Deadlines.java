package org.earshot.cloud.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.StoreException;
import org.earshot.event.Verdict;
import org.earshot.event.VerdictMessage;

/**
 * Marks events as unverified when their deadline has passed, and tells their devices.
 *
 * <p>Any number of processes may do it: the history gives each event to one of them. While the
 * database is down it goes on trying; what became due meanwhile is marked when it is back. Thread
 * {@code deadlines}.
 */
public final class Deadlines implements AutoCloseable {
  private static final int BATCH = 100;
  private static final long JOIN_MILLIS = 5_000;

  private final History history;
  private final VerdictPublisher publisher;
  private final InstantSource clock;
  private final Duration interval;
  private final CloudMetrics metrics;
  private final Health health;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "deadlines");

  /**
   * Makes the loop; {@link #start} starts it.
   *
   * @param interval between looks; 500 ms
   */
  public Deadlines(
      History history,
      VerdictPublisher publisher,
      InstantSource clock,
      Duration interval,
      CloudMetrics metrics,
      Health health) {
    this.history = history;
    this.publisher = publisher;
    this.clock = clock;
    this.interval = interval;
    this.metrics = metrics;
    this.health = health;
  }

  /** Starts to look; once. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        try {
          while (expire() == BATCH && closing.getCount() > 0) {
            // more are due
          }
          health.well(Part.DATABASE, "deadlines");
        } catch (StoreException e) {
          metrics.databaseFailed();
          health.problem(Part.DATABASE, "deadlines", e.getMessage());
        }
      } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Marks what is due now; returns how many. */
  int expire() {
    Instant now = clock.instant();
    List<EventRecord> due = history.expire(now, BATCH);
    for (EventRecord event : due) {
      metrics.verdict(Verdict.UNVERIFIED, Duration.between(event.receivedAt(), now));
      publisher.publish(
          event.key().site(),
          event.latest().device(),
          new VerdictMessage(
              event.key().id(),
              event.latest().event(),
              Verdict.UNVERIFIED,
              event.judgement().probability(),
              event.judgement().model(),
              now));
    }
    return due.size();
  }

  /** Ends the loop. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
