package org.earshot.cloud.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The statements that change events and clips. */
final class EventWriter {
  /** Of one event that one worker has. */
  static final String HELD =
      " WHERE site = :site AND id = :id AND verification = 'CLAIMED' AND worker = :worker";

  private static final String THIS = " WHERE site = :site AND id = :id";

  /** Which of two messages of an event is the later one. */
  private static final Comparator<EventMessage> LATER =
      Comparator.comparing(EventMessage::at).thenComparing(EventMessage::phase);

  private EventWriter() {}

  static Optional<EventRecord> find(Handle handle, EventKey key) {
    return JdbiHistory.bind(
            key, handle.createQuery(EventRows.SELECT + "WHERE e.site = :site AND e.id = :id"))
        .map(new EventRows())
        .findOne();
  }

  static boolean isNews(EventMessage known, EventMessage message) {
    return LATER.compare(message, known) > 0;
  }

  static void insert(
      Handle handle, EventMessage message, Instant receivedAt, Instant deadline, int urgent) {
    bind(
            message,
            handle.createUpdate(
                "INSERT INTO events (site, id, device, event, phase, message_at, onset_at,"
                    + " offset_at, posterior, microphone, mode, sensitivity, clip_expected,"
                    + " suppressed_before, model, received_at, deadline_at, urgent, verification)"
                    + " VALUES (:site, :id, :device, :event, :phase, :message, :onset,"
                    + " :offset, :posterior, :microphone, :mode, :sensitivity, :expected,"
                    + " :suppressed, :model, :received, :deadline, :urgent, 'NOT_EXPECTED')"))
        .bind("device", message.device())
        .bind("event", message.event())
        .bind("onset", message.onset().toEpochMilli())
        .bind("microphone", message.microphone())
        .bind("mode", message.mode())
        .bind("sensitivity", message.sensitivity())
        .bind("received", receivedAt.toEpochMilli())
        .bind("deadline", deadline.toEpochMilli())
        .bind("urgent", urgent)
        .execute();
  }

  /** What the event is, when it began and in which mode stays as it was first told. */
  static void update(Handle handle, EventRecord known, EventMessage message) {
    Instant offset = message.offset();
    if (offset != null && offset.isBefore(known.latest().onset())) {
      offset = known.latest().onset();
    }
    bind(
            message,
            handle.createUpdate(
                "UPDATE events SET phase = :phase, message_at = :message, offset_at = :offset,"
                    + " posterior = :posterior, clip_expected = :expected,"
                    + " suppressed_before = :suppressed, model = :model"
                    + THIS))
        .bind("offset", offset == null ? null : offset.toEpochMilli())
        .execute();
  }

  private static Update bind(EventMessage message, Update update) {
    return JdbiHistory.bind(new EventKey(message.site(), message.id()), update)
        .bind("phase", message.phase().name())
        .bind("message", message.at().toEpochMilli())
        .bind("offset", message.offset() == null ? null : message.offset().toEpochMilli())
        .bind("posterior", message.posterior())
        .bind("expected", message.clipExpected() ? 1 : 0)
        .bind("suppressed", message.suppressedBefore())
        .bind("model", message.model());
  }

  static void insert(Handle handle, ClipRecord clip) {
    JdbiHistory.bind(
            clip.key(),
            handle.createUpdate(
                "INSERT INTO clips (site, id, device, bytes, sha256, length_millis, stored_at)"
                    + " VALUES (:site, :id, :device, :bytes, :sha256, :length, :stored)"))
        .bind("device", clip.device())
        .bind("bytes", clip.bytes())
        .bind("sha256", clip.sha256())
        .bind("length", clip.length().toMillis())
        .bind("stored", clip.storedAt().toEpochMilli())
        .execute();
  }

  /** Brings the state of an event that nobody verifies yet in line with message and clip. */
  static void settle(Handle handle, EventKey key, Instant now) {
    String hasClip = "(SELECT 1 FROM clips c WHERE c.site = events.site AND c.id = events.id)";
    JdbiHistory.bind(
            key,
            handle.createUpdate(
                "UPDATE events SET verification = CASE WHEN EXISTS "
                    + hasClip
                    + " THEN 'READY' WHEN clip_expected = 1 THEN 'WAITING'"
                    + " ELSE 'NOT_EXPECTED' END, free_at = CASE WHEN EXISTS "
                    + hasClip
                    + " THEN :now ELSE NULL END"
                    + THIS
                    + " AND verification IN ('NOT_EXPECTED', 'WAITING')"))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static void tell(
      Handle handle, EventKey key, Changes changes, boolean first, Phase phase, Instant now) {
    EventRecord event = find(handle, key).orElseThrow();
    if (first) {
      changes.add(event, Change.OPENED, now);
    }
    if (phase == Phase.ENDED) {
      changes.add(event, Change.ENDED, now);
    } else if (!first) {
      changes.add(event, Change.UPDATED, now);
    }
  }

  /** Stores a model's verdict; false when the worker does not hold the event. */
  static boolean judge(Handle handle, EventKey key, String worker, Judgement judgement) {
    int rows =
        JdbiHistory.bind(
                key,
                handle.createUpdate(
                    "UPDATE events SET verification = 'DONE', worker = NULL, free_at = NULL"
                        + HELD))
            .bind("worker", worker)
            .execute();
    if (rows == 1) {
      store(handle, key, judgement);
    }
    return rows == 1;
  }

  static void store(Handle handle, EventKey key, Judgement judgement) {
    JdbiHistory.bind(
            key,
            handle.createUpdate(
                "UPDATE events SET verdict = :verdict, probability = :probability,"
                    + " verifier = :verifier, judged_at = :at, scores = :scores"
                    + THIS))
        .bind("verdict", judgement.verdict().name())
        .bind("probability", judgement.probability())
        .bind("verifier", judgement.model())
        .bind("at", judgement.at().toEpochMilli())
        .bind("scores", ScoresJson.write(judgement.scores()))
        .execute();
  }

  static boolean store(Handle handle, EventKey key, Answer answer) {
    return JdbiHistory.bind(
                key,
                handle.createUpdate(
                    "UPDATE events SET answer = :answer, answer_label = :label,"
                        + " answer_user = :user, answered_at = :at"
                        + THIS))
            .bind("answer", answer.kind().name())
            .bind("label", answer.label())
            .bind("user", answer.user())
            .bind("at", answer.at().toEpochMilli())
            .execute()
        == 1;
  }
}
