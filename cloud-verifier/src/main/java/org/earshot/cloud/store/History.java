package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earshot.event.EventMessage;

/**
 * The events of all sites: what devices told, what models and people said.
 *
 * <p>Every call is one transaction, and safe from many threads and processes on one database.
 * Receiving is idempotent. Event and clip may come in either order. What was deleted stays deleted:
 * late messages and clips of it are refused ({@link Received#DELETED}). Calls throw {@link
 * StoreException} when the database cannot be reached or refuses; nothing is changed then.
 */
public interface History {

  /**
   * Takes in a message of a device. One that is not later than what is known of the event says
   * nothing new: REPEATED.
   *
   * @param message what the device told
   * @param receivedAt when
   * @param deadline by when the owner is told; counts with the event's first message only
   */
  Received receive(EventMessage message, Instant receivedAt, Instant deadline);

  /**
   * Says what would become of a clip, and changes nothing. Asked before the sound is put into the
   * clip store, so that no refused clip overwrites one that is kept: the sound is put only when the
   * answer is STORED.
   */
  Received foresee(ClipRecord clip);

  /**
   * Takes in a clip, whose sound is in the clip store already. Its event may be unknown yet. When
   * the result is DELETED the caller deletes the sound again.
   */
  Received receive(ClipRecord clip);

  /** Returns one event. */
  Optional<EventRecord> find(EventKey key);

  /** Returns events, newest onset first. */
  List<EventRecord> find(EventFilter filter);

  /**
   * Gives a worker the next event to verify: READY, or CLAIMED with a lease that is over;
   * life-safety events first, then the oldest.
   *
   * @param worker its name
   * @param now the time
   * @param lease how long others leave it alone
   */
  Optional<EventRecord> claim(String worker, Instant now, Duration lease);

  /** Gives a worker this event to verify, when it is free. */
  Optional<EventRecord> claim(EventKey key, String worker, Instant now, Duration lease);

  /** Gives back what a worker claimed and could not verify; free for all from that time on. */
  void release(EventKey key, String worker, Instant retryAt);

  /**
   * Says that this clip can never be verified; {@link #expire} returns its event from now on. False
   * when the worker does not hold it any more.
   */
  boolean giveUp(EventKey key, String worker, String reason, Instant now);

  /** Stores a verdict. False, and nothing stored, when the worker does not hold it any more. */
  boolean judge(EventKey key, String worker, Judgement judgement);

  /**
   * Marks as unverified what is past its deadline without a judgement, at most {@code limit}, and
   * returns it. Each is returned once, whoever asks. A verdict that comes later replaces the mark.
   */
  List<EventRecord> expire(Instant now, int limit);

  /**
   * Stores what a person said; replaces what was said before. False when there is no such event.
   */
  boolean answer(EventKey key, Answer answer);

  /**
   * Forgets an event and its clip's description, remembers the id so that it cannot come back, and
   * writes an audit line. Empty when there is no such event. The caller deletes the sound and tells
   * the device ({@code Deletion} does all three).
   */
  Optional<EventRecord> delete(EventKey key, String who, String reason, Instant now);

  /** Returns events that changed after a position, in the order of change; for live views. */
  List<ChangedEvent> changesAfter(long position, int limit);

  /** Returns the position of the latest change; 0 when there is none. */
  long latestChange();

  /**
   * One change.
   *
   * @param position greater than that of any earlier change
   * @param key which event
   * @param change what happened
   */
  record ChangedEvent(long position, EventKey key, Change change) {}
}
