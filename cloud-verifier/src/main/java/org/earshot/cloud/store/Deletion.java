package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes an event for good: row, clip, and what the device still holds of it.
 *
 * <p>First, in one transaction, the row goes, and the tombstone, the audit line and a note of what
 * is still to be done come; then the sound goes; then the device is told; then the note goes. So a
 * crash at any point leaves a note behind, never sound of which nothing is known, and {@link
 * #resend} finishes it. Every step may be done twice. Thread-safe, also across processes.
 */
public final class Deletion {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
  private static final Duration LAST_RETRY = Duration.ofHours(1);
  private static final int AT_ONCE = 100; // deletions that one call of resend finishes at most

  private final Database database;
  private final History history;
  private final ClipStore clips;
  private final ClipRecall devices;

  /** Deletes from this history, which lies in this database, and from this clip store. */
  public Deletion(Database database, History history, ClipStore clips, ClipRecall devices) {
    this.database = database;
    this.history = history;
    this.clips = clips;
    this.devices = devices;
  }

  /**
   * Deletes one event.
   *
   * @param who does it, for the audit
   * @param reason for people
   * @throws StoreException when the database cannot be used; nothing is deleted then
   */
  public Deleted delete(EventKey key, String who, String reason, Instant now) {
    Optional<EventRecord> event = history.delete(key, who, reason, now);
    return event
        .map(gone -> finish(new Removals.Due(key, gone.latest().device(), false, false, 0), now))
        .orElse(Deleted.ABSENT);
  }

  /** Deletes a clip whose event never came; ABSENT when there is none or the event has come. */
  Deleted deleteLoneClip(EventKey key, String who, String reason, Instant now) {
    Optional<String> device =
        database.write(handle -> Removals.forgetLoneClip(handle, database, key, who, reason, now));
    return device
        .map(name -> finish(new Removals.Due(key, name, false, false, 0), now))
        .orElse(Deleted.ABSENT);
  }

  /**
   * Goes on with deletions that could not be finished and are due again.
   *
   * @return how many were finished; at most 100 are tried in one call
   */
  public int resend(Instant now) {
    List<Removals.Due> due =
        database.write(handle -> Removals.take(handle, database, now, AT_ONCE));
    int finished = 0;
    for (Removals.Due one : due) {
      if (finish(one, now) == Deleted.COMPLETE) {
        finished++;
      }
    }
    return finished;
  }

  /** Returns how many deletions wait for the clip store or the broker. */
  public long pending() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM removals").mapTo(long.class).one());
  }

  private Deleted finish(Removals.Due due, Instant now) {
    boolean soundGone = due.soundGone() || removeSound(due.key());
    boolean told = due.deviceTold() || tell(due);
    Instant next = now.plus(wait(due.tries()));
    try {
      database.write(
          handle ->
              soundGone && told
                  ? Removals.done(handle, due.key())
                  : Removals.postpone(handle, due.key(), soundGone, told, next));
    } catch (StoreException e) {
      LOG.warn("deletion of {} is not noted, will be done again: {}", name(due.key()), text(e));
      return Deleted.PENDING;
    }
    return soundGone && told ? Deleted.COMPLETE : Deleted.PENDING;
  }

  private boolean removeSound(EventKey key) {
    try {
      clips.delete(key);
      return true;
    } catch (StoreException e) {
      LOG.warn("clip of {} is not deleted yet: {}", name(key), text(e));
      return false;
    }
  }

  /** Whatever the broker's client throws, the deletion here must go on. */
  private boolean tell(Removals.Due due) {
    try {
      return devices.recall(due.key().site(), due.device(), due.key().id());
    } catch (RuntimeException e) {
      LOG.warn("{} is not told to delete {} yet: {}", due.device(), name(due.key()), text(e));
      return false;
    }
  }

  private static String name(EventKey key) {
    return key.site() + "/" + key.id();
  }

  private static String text(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  private static Duration wait(int tries) {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(tries, 20));
    return wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait;
  }
}
