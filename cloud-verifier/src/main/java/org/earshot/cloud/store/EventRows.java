package org.earshot.cloud.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads an event with its clip from a row of {@link #SELECT}. */
final class EventRows implements RowMapper<EventRecord> {
  /** Without WHERE; the event's table is called e. */
  static final String SELECT =
      "SELECT e.*, c.device AS clip_device, c.bytes AS clip_bytes, c.sha256 AS clip_sha256,"
          + " c.length_millis AS clip_length, c.stored_at AS clip_stored_at"
          + " FROM events e LEFT JOIN clips c ON c.site = e.site AND c.id = e.id ";

  @Override
  public EventRecord map(ResultSet row, StatementContext context) throws SQLException {
    EventKey key = new EventKey(row.getString("site"), new EventId(row.getString("id")));
    return new EventRecord(
        key,
        message(row, key),
        moment(row, "received_at"),
        moment(row, "deadline_at"),
        clip(row, key),
        VerificationState.valueOf(row.getString("verification")),
        judgement(row),
        answer(row));
  }

  private static EventMessage message(ResultSet row, EventKey key) throws SQLException {
    return new EventMessage(
        key.id(),
        row.getString("event"),
        Phase.valueOf(row.getString("phase")),
        moment(row, "message_at"),
        moment(row, "onset_at"),
        moment(row, "offset_at"),
        row.getDouble("posterior"),
        row.getString("microphone"),
        row.getString("mode"),
        row.getInt("sensitivity"),
        row.getInt("clip_expected") != 0,
        row.getInt("suppressed_before"),
        key.site(),
        row.getString("device"),
        row.getString("model"));
  }

  private static ClipRecord clip(ResultSet row, EventKey key) throws SQLException {
    String device = row.getString("clip_device");
    return device == null
        ? null
        : new ClipRecord(
            key,
            device,
            row.getLong("clip_bytes"),
            row.getString("clip_sha256"),
            Duration.ofMillis(row.getLong("clip_length")),
            moment(row, "clip_stored_at"));
  }

  private static Judgement judgement(ResultSet row) throws SQLException {
    String verdict = row.getString("verdict");
    return verdict == null
        ? null
        : new Judgement(
            Verdict.valueOf(verdict),
            row.getDouble("probability"),
            row.getString("verifier"),
            moment(row, "judged_at"),
            ScoresJson.parse(row.getString("scores")));
  }

  private static Answer answer(ResultSet row) throws SQLException {
    String kind = row.getString("answer");
    return kind == null
        ? null
        : new Answer(
            Answer.Kind.valueOf(kind),
            row.getString("answer_label"),
            row.getString("answer_user"),
            moment(row, "answered_at"));
  }

  /** Null stays null. */
  static Instant moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
