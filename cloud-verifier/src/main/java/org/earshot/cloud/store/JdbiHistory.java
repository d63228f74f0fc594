package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The history in a {@link Database}.
 *
 * <p>A transaction about one event keeps all others from that event, in this and any other process.
 * A message that is not later than the one that is kept says nothing new and counts as repeated.
 */
public final class JdbiHistory implements History {
  private final Database database;
  private final List<ChangeListener> listeners;
  private final Set<String> lifeSafety;

  /**
   * A history.
   *
   * @param database which
   * @param listeners told of every change, in this order, within its transaction
   * @param lifeSafety labels whose clips are verified before all others
   */
  public JdbiHistory(Database database, List<ChangeListener> listeners, Set<String> lifeSafety) {
    this.database = database;
    this.listeners = List.copyOf(listeners);
    this.lifeSafety = Set.copyOf(lifeSafety);
  }

  @Override
  public Received receive(EventMessage message, Instant receivedAt, Instant deadline) {
    EventKey key = new EventKey(message.site(), message.id());
    return alone(
        key,
        (handle, changes) -> {
          Received refusal = refusal(handle, key, message.device());
          if (refusal != null) {
            return refusal;
          }
          Optional<EventRecord> known = EventWriter.find(handle, key);
          if (known.isEmpty()) {
            int urgent = lifeSafety.contains(message.event()) ? 1 : 0;
            EventWriter.insert(handle, message, receivedAt, deadline, urgent);
          } else if (!EventWriter.isNews(known.get().latest(), message)) {
            return Received.REPEATED;
          } else {
            EventWriter.update(handle, known.get(), message);
          }
          EventWriter.settle(handle, key, receivedAt);
          EventWriter.tell(handle, key, changes, known.isEmpty(), message.phase(), receivedAt);
          return Received.STORED;
        });
  }

  @Override
  public Received foresee(ClipRecord clip) {
    return database.read(
        handle -> {
          Received refusal = refusal(handle, clip.key(), clip.device());
          if (refusal != null) {
            return refusal;
          }
          return hasClip(handle, clip.key()) ? Received.REPEATED : Received.STORED;
        });
  }

  @Override
  public Received receive(ClipRecord clip) {
    return alone(
        clip.key(),
        (handle, changes) -> {
          Received refusal = refusal(handle, clip.key(), clip.device());
          if (refusal != null) {
            return refusal;
          }
          if (hasClip(handle, clip.key())) {
            return Received.REPEATED;
          }
          EventWriter.insert(handle, clip);
          EventWriter.settle(handle, clip.key(), clip.storedAt());
          EventWriter.find(handle, clip.key())
              .ifPresent(event -> changes.add(event, Change.CLIP, clip.storedAt()));
          return Received.STORED;
        });
  }

  /** Why nothing of this device with this id is taken in; null when it is. */
  private static Received refusal(Handle handle, EventKey key, String device) {
    boolean deleted =
        bind(key, handle.createQuery("SELECT 1 FROM tombstones WHERE site = :site AND id = :id"))
            .mapTo(int.class)
            .findOne()
            .isPresent();
    if (deleted) {
      return Received.DELETED;
    }
    boolean foreign =
        bind(
                key,
                handle.createQuery(
                    "SELECT device FROM events WHERE site = :site AND id = :id"
                        + " UNION SELECT device FROM clips WHERE site = :site AND id = :id"))
            .mapTo(String.class)
            .stream()
            .anyMatch(owner -> !owner.equals(device));
    return foreign ? Received.FOREIGN : null;
  }

  private static boolean hasClip(Handle handle, EventKey key) {
    return bind(key, handle.createQuery("SELECT 1 FROM clips WHERE site = :site AND id = :id"))
        .mapTo(int.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Optional<EventRecord> find(EventKey key) {
    return database.read(handle -> EventWriter.find(handle, key));
  }

  @Override
  public List<EventRecord> find(EventFilter filter) {
    if (filter.sites().isEmpty()) {
      return List.of();
    }
    return database.read(handle -> EventSearch.find(handle, filter));
  }

  @Override
  public Optional<EventRecord> claim(String worker, Instant now, Duration lease) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    "SELECT site, id FROM events WHERE free_at IS NOT NULL AND free_at <= :now"
                        + " ORDER BY urgent DESC, received_at, id LIMIT 1"
                        + database.dialect().lockFreeRows)
                .bind("now", now.toEpochMilli())
                .map(EventSearch::key)
                .findOne()
                .flatMap(key -> claimed(handle, key, worker, now.plus(lease))));
  }

  @Override
  public Optional<EventRecord> claim(EventKey key, String worker, Instant now, Duration lease) {
    return database.write(
        handle ->
            bind(
                    key,
                    handle.createQuery(
                        "SELECT site, id FROM events WHERE site = :site AND id = :id"
                            + " AND free_at IS NOT NULL AND free_at <= :now"
                            + database.dialect().lockFreeRows))
                .bind("now", now.toEpochMilli())
                .map(EventSearch::key)
                .findOne()
                .flatMap(found -> claimed(handle, found, worker, now.plus(lease))));
  }

  private static Optional<EventRecord> claimed(
      Handle handle, EventKey key, String worker, Instant until) {
    bind(
            key,
            handle.createUpdate(
                "UPDATE events SET verification = 'CLAIMED', worker = :worker, free_at = :until"
                    + " WHERE site = :site AND id = :id"))
        .bind("worker", worker)
        .bind("until", until.toEpochMilli())
        .execute();
    return EventWriter.find(handle, key);
  }

  @Override
  public void release(EventKey key, String worker, Instant retryAt) {
    database.write(
        handle ->
            held(
                    key,
                    worker,
                    handle.createUpdate(
                        "UPDATE events SET verification = 'READY', worker = NULL, free_at = :free"
                            + EventWriter.HELD))
                .bind("free", retryAt.toEpochMilli())
                .execute());
  }

  @Override
  public boolean giveUp(EventKey key, String worker, String reason, Instant now) {
    return database.write(
        handle ->
            held(
                        key,
                        worker,
                        handle.createUpdate(
                            "UPDATE events SET verification = 'GAVE_UP', worker = NULL,"
                                + " free_at = NULL, gave_up = :reason, deadline_at ="
                                + " CASE WHEN deadline_at > :now THEN :now ELSE deadline_at END"
                                + EventWriter.HELD))
                    .bind("reason", reason)
                    .bind("now", now.toEpochMilli())
                    .execute()
                == 1);
  }

  @Override
  public boolean judge(EventKey key, String worker, Judgement judgement) {
    return alone(
        key,
        (handle, changes) -> {
          boolean held = EventWriter.judge(handle, key, worker, judgement);
          if (held) {
            EventWriter.find(handle, key)
                .ifPresent(event -> changes.add(event, Change.JUDGED, judgement.at()));
          }
          return held;
        });
  }

  @Override
  public List<EventRecord> expire(Instant now, int limit) {
    return database.write(
        handle -> {
          List<EventKey> due =
              handle
                  .createQuery(
                      "SELECT site, id FROM events WHERE verdict IS NULL AND deadline_at <= :now"
                          + " ORDER BY urgent DESC, deadline_at, id LIMIT :limit"
                          + database.dialect().lockFreeRows)
                  .bind("now", now.toEpochMilli())
                  .bind("limit", Math.min(limit, Changes.PER_TRANSACTION))
                  .map(EventSearch::key)
                  .list();
          Changes changes = new Changes(handle, database.dialect(), listeners);
          List<EventRecord> expired = new ArrayList<>(due.size());
          for (EventKey key : due) {
            EventWriter.store(
                handle, key, new Judgement(Verdict.UNVERIFIED, 0, "", now, List.of()));
            EventRecord event = EventWriter.find(handle, key).orElseThrow();
            changes.add(event, Change.OVERDUE, now);
            expired.add(event);
          }
          return expired;
        });
  }

  @Override
  public boolean answer(EventKey key, Answer answer) {
    return alone(
        key,
        (handle, changes) -> {
          boolean known = EventWriter.store(handle, key, answer);
          if (known) {
            EventWriter.find(handle, key)
                .ifPresent(event -> changes.add(event, Change.ANSWERED, answer.at()));
          }
          return known;
        });
  }

  @Override
  public Optional<EventRecord> delete(EventKey key, String who, String reason, Instant now) {
    return alone(
        key,
        (handle, changes) -> {
          Optional<EventRecord> event = EventWriter.find(handle, key);
          event.ifPresent(
              gone -> {
                Removals.forget(handle, key, gone.latest().device(), gone.latest().onset(), now);
                JdbiAudit.append(
                    handle,
                    new Audit.Line(now, key.site(), who, "event_deleted", key.id().text(), reason));
                changes.add(gone, Change.DELETED, now);
              });
          return event;
        });
  }

  @Override
  public List<ChangedEvent> changesAfter(long position, int limit) {
    return Changes.after(database, position, limit);
  }

  @Override
  public long latestChange() {
    return Changes.latest(database);
  }

  /** Runs a transaction that nobody else's about the same event overlaps. */
  private <T> T alone(EventKey key, BiFunction<Handle, Changes, T> work) {
    return database.write(
        handle -> {
          database.dialect().lock(handle, key);
          return work.apply(handle, new Changes(handle, database.dialect(), listeners));
        });
  }

  private static <S extends SqlStatement<S>> S held(EventKey key, String worker, S statement) {
    return bind(key, statement).bind("worker", worker);
  }

  static <S extends SqlStatement<S>> S bind(EventKey key, S statement) {
    return statement.bind("site", key.site()).bind("id", key.id().text());
  }
}
