package org.earshot.cloud.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.earshot.cloud.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notices of one channel from the queue, one at a time for each holder, and delivers them.
 */
final class ChannelRun {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final Database database;
  private final Channel channel;
  private final Wording wording;
  private final CourierSettings settings;
  private final Clock clock;
  private final RetryDelay delay;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final AtomicBoolean failing = new AtomicBoolean();

  ChannelRun(
      Database database,
      Channel channel,
      Wording wording,
      CourierSettings settings,
      Clock clock,
      RetryDelay delay) {
    this.database = database;
    this.channel = channel;
    this.wording = wording;
    this.settings = settings;
    this.clock = clock;
    this.delay = delay;
  }

  String name() {
    return channel.name();
  }

  ChannelCounters counters() {
    return new ChannelCounters(delivered.sum(), failures.sum(), refused.sum(), expired.sum());
  }

  /** Tries the next notice that is due; false when there is none. */
  boolean deliverNext(String holder) throws InterruptedException {
    Instant now = clock.instant();
    long nowMillis = now.toEpochMilli();
    if (!database.read(handle -> NoticeTable.isDue(handle, name(), nowMillis))) {
      return false;
    }
    long leaseEndMillis = now.plus(settings.lease()).toEpochMilli();
    boolean postgresql = database.isPostgresql();
    Optional<QueuedNotice> claimed =
        database.write(
            transaction ->
                NoticeTable.claim(
                    transaction, postgresql, name(), holder, nowMillis, leaseEndMillis));
    if (claimed.isEmpty()) {
      return false; // another one was faster
    }
    settle(claimed.get(), holder, attempt(claimed.get(), now));
    return true;
  }

  private Delivery attempt(QueuedNotice row, Instant now) throws InterruptedException {
    if (!row.withdrawn() && row.news().message() == null) {
      return Delivery.refused("the queued message cannot be read");
    }
    try {
      return channel.deliver(notice(row, now));
    } catch (RuntimeException e) {
      LOG.warn("notices: channel {} broke down", name(), e);
      return Delivery.tryAgain("internal error: " + e.getClass().getSimpleName());
    }
  }

  private Notice notice(QueuedNotice row, Instant now) {
    QueuedNotice.News news = row.news();
    boolean gone = row.withdrawn();
    return new Notice(
        row.key(),
        row.channel(),
        row.stage(),
        row.wanted(),
        row.firstTold(),
        row.urgency() == QueuedNotice.SAVES_LIVES,
        news.standing(),
        news.probability(),
        news.verifier(),
        news.message(),
        gone ? "" : wording.title(news.message()),
        gone ? "" : wording.text(news.message(), news.standing(), news.probability(), now),
        gone ? null : wording.link(row.key()),
        now);
  }

  private void settle(QueuedNotice row, String holder, Delivery delivery) {
    Instant now = clock.instant();
    if (delivery instanceof Delivery.TryAgain again) {
      failed(row, holder, now, again);
    } else if (delivery instanceof Delivery.Refused no) {
      refused.increment();
      LOG.warn("notices: {} of {} refused: {}", name(), row.key().id(), no.reason());
      giveUp(row, holder, now, "refused: " + no.reason());
    } else {
      delivered.increment();
      if (failing.compareAndSet(true, false)) {
        LOG.info("notices: channel {} works again", name());
      }
      boolean held =
          database.write(
              transaction -> NoticeTable.delivered(transaction, row, holder, now.toEpochMilli()));
      if (!held) {
        LOG.warn(
            "notices: {} of {} took longer than the lease and may be delivered twice",
            name(),
            row.key().id());
      }
    }
  }

  private void failed(QueuedNotice row, String holder, Instant now, Delivery.TryAgain again) {
    failures.increment();
    if (failing.compareAndSet(false, true)) {
      LOG.warn("notices: channel {} fails, and is tried again: {}", name(), again.reason());
    }
    Instant end = Instant.ofEpochMilli(row.queuedAtMillis()).plus(settings.maxAge());
    if (!now.isBefore(end)) {
      expired.increment();
      LOG.warn(
          "notices: {} of {} given up after {}: {}",
          name(),
          row.key().id(),
          settings.maxAge(),
          again.reason());
      giveUp(row, holder, now, "too old: " + again.reason());
      return;
    }
    boolean urgent = row.urgency() == QueuedNotice.SAVES_LIVES;
    Duration wait = delay.after(row.failures() + 1, urgent, again.after());
    Instant due = now.plus(wait);
    long dueMillis = (due.isBefore(end) ? due : end).toEpochMilli(); // a last attempt at the end
    database.write(
        transaction -> {
          NoticeTable.tryAgain(transaction, row, holder, dueMillis, again.reason());
          return true;
        });
  }

  private void giveUp(QueuedNotice row, String holder, Instant now, String problem) {
    database.write(
        transaction -> {
          NoticeTable.giveUp(transaction, row, holder, now.toEpochMilli(), problem);
          return true;
        });
  }

  /** Gives free what a holder had in hand when it was interrupted. */
  void handBack(String holder) {
    long nowMillis = clock.millis();
    database.write(transaction -> NoticeTable.handBack(transaction, holder, nowMillis));
  }
}
