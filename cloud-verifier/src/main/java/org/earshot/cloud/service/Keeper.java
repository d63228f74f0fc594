package org.earshot.cloud.service;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.Deletion;
import org.earshot.cloud.store.Orphans;
import org.earshot.cloud.store.Retention;
import org.earshot.cloud.store.RetentionSettings;
import org.earshot.cloud.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is too old, finishes what was deleted halfway, and overwrites what was deleted in
 * the database's log: on the thread {@code keeper}, every ten seconds, and at once again while
 * there is more. A store that cannot be used is tried again.
 */
final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final long INTERVAL_SECONDS = 10;
  private static final Duration ORPHAN_GRACE = Duration.ofHours(1);
  private static final long JOIN_MILLIS = 10_000;

  private final Database database;
  private final Deletion deletion;
  private final Retention retention;
  private final Orphans orphans;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "keeper");
  private boolean failing; // on the thread

  Keeper(
      Database database,
      ClipStore clips,
      Deletion deletion,
      RetentionSettings settings,
      Clock clock) {
    this.database = database;
    this.deletion = deletion;
    this.clock = clock;
    retention = new Retention(database, deletion, settings);
    orphans = new Orphans(database, clips, ORPHAN_GRACE);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean more;
      do {
        more = round();
      } while (!closing.await(more ? 0 : INTERVAL_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      LOG.info("keeping was interrupted");
    }
  }

  private boolean round() {
    try {
      deletion.resend(clock.instant());
      Retention.Report report = retention.run(clock.instant());
      if (report.events() > 0 || report.loneClips() > 0) {
        LOG.info(
            "too old: deleted {} events and {} clips without one",
            report.events(),
            report.loneClips());
      }
      orphans.sweep(clock.instant());
      database.checkpoint(); // else what was deleted would live on in SQLite's log
      failing = false;
      return report.more();
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("nothing is deleted for now: {}", e.getMessage());
      }
      failing = true;
      return false;
    }
  }

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
