package org.earshot.cloud.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.earshot.cloud.notify.QueuedNotice.News;
import org.earshot.cloud.store.Change;
import org.earshot.cloud.store.ChangeListener;
import org.earshot.cloud.store.EventRecord;
import org.earshot.event.Phase;
import org.jdbi.v3.core.Handle;

/**
 * Queues what the owner is to be told, in the transaction that changed the event: a notice is there
 * exactly when the change is.
 *
 * <p>There is one notice for each event and channel. {@link NoticeRules} say when it begins; from
 * then on it follows the event: a verdict, a verdict that replaces another, the end where the
 * channel wants it. Until it is delivered newer news replace older ones. News that say no more than
 * what is queued or told already change nothing. A deleted event's notices are dropped, or
 * withdrawn when the owner may have seen them. A notice that nobody has tried to deliver is dropped
 * when a verdict comes with which it would not have begun, unless its event saves lives.
 *
 * <p>Thread-safe; a call takes one to three short statements.
 */
public final class NoticeQueue implements ChangeListener {
  private final NoticeRules rules;
  private final Clock clock;
  private final Runnable queued;

  /**
   * Makes a queue.
   *
   * @param queued called after a transaction that queued something; may be {@link Courier#wake}
   */
  public NoticeQueue(NoticeRules rules, Clock clock, Runnable queued) {
    this.rules = rules;
    this.clock = clock;
    this.queued = queued;
  }

  @Override
  public void changed(Handle transaction, EventRecord event, Change change) {
    Instant now = clock.instant();
    switch (change) {
      case OPENED, UPDATED, ENDED, JUDGED, OVERDUE -> follow(transaction, event, change, now);
      case DELETED -> {
        NoticeTable.withdraw(transaction, event.key(), now.toEpochMilli());
        transaction.afterCommit(queued);
      }
      case CLIP, ANSWERED -> {}
    }
  }

  private void follow(Handle transaction, EventRecord event, Change change, Instant now) {
    Set<String> begin = rules.channels(event, change, now);
    Set<String> known = new HashSet<>();
    boolean lifeSafety = rules.isLifeSafety(event);
    boolean wrote = false;
    for (QueuedNotice row : NoticeTable.of(transaction, event.key())) {
      known.add(row.channel());
      News news = news(event, endings(row.channel()));
      if (row.withdrawn() || news.saysNoMoreThan(row.news())) {
        continue;
      }
      if (change == Change.JUDGED && !lifeSafety && !begin.contains(row.channel())) {
        NoticeTable.dropUntried(transaction, event.key(), row.channel());
      }
      NoticeTable.renew(transaction, event.key(), row.channel(), news, now.toEpochMilli());
      wrote = true;
    }
    for (String channel : begin) {
      if (!known.contains(channel)) {
        NoticeTable.insert(
            transaction,
            event.key(),
            channel,
            lifeSafety ? QueuedNotice.SAVES_LIVES : QueuedNotice.OTHERS,
            news(event, endings(channel)),
            now.toEpochMilli());
        wrote = true;
      }
    }
    if (wrote) {
      transaction.afterCommit(queued);
    }
  }

  private boolean endings(String channel) {
    return rules.channel(channel).map(ChannelScope::endings).orElse(false);
  }

  private static News news(EventRecord event, boolean endings) {
    Standing standing = Standing.of(event.judgement());
    boolean ofModel = standing.isOfModel();
    return new News(
        endings && event.latest().phase() == Phase.ENDED,
        standing,
        ofModel ? event.judgement().probability() : Double.NaN,
        ofModel ? event.judgement().model() : "",
        event.latest());
  }
}
