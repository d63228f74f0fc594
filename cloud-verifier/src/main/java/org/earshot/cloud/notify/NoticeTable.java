package org.earshot.cloud.notify;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.earshot.cloud.notify.QueuedNotice.News;
import org.earshot.cloud.store.EventKey;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/**
 * The statements of the queue, each within a transaction of the caller's.
 *
 * <p>A row is one event on one channel and holds the newest text only, so that updates merge and
 * keep their order by themselves. {@code due_at} is when it may be tried next; while somebody tries
 * ({@code holder}) it is the end of the lease.
 */
final class NoticeTable {
  private static final int MAX_PROBLEM = 500; // characters
  private static final String KEY = " WHERE site = :site AND id = :id AND channel = :channel";
  private static final String HELD = KEY + " AND holder = :holder";

  private NoticeTable() {}

  /** Returns what there is of an event. */
  static List<QueuedNotice> of(Handle handle, EventKey key) {
    return handle
        .createQuery("SELECT * FROM notices WHERE site = :site AND id = :id ORDER BY channel")
        .bind("site", key.site())
        .bind("id", key.id().text())
        .map((row, context) -> read(row))
        .list();
  }

  /** Queues the first notice of an event on a channel. */
  static void insert(
      Handle transaction, EventKey key, String channel, int urgency, News news, long nowMillis) {
    bind(
            bind(
                transaction.createUpdate(
                    "INSERT INTO notices (site, id, channel, urgency, wanted, told, first_told,"
                        + " claimed, withdrawn, ended, standing, probability, verifier, message,"
                        + " queued_at, due_at, failures) VALUES (:site, :id, :channel, :urgency, 1,"
                        + " 0, 0, 0, 0, :ended, :standing, :probability, :verifier, :message, :now,"
                        + " :now, 0) ON CONFLICT DO NOTHING"),
                key,
                channel),
            news)
        .bind("urgency", urgency)
        .bind("now", nowMillis)
        .execute();
  }

  /** Puts newer news in place of what is there, delivered or not. */
  static void renew(Handle transaction, EventKey key, String channel, News news, long nowMillis) {
    bind(
            bind(
                transaction.createUpdate(
                    "UPDATE notices SET wanted = wanted + 1, ended = :ended, standing = :standing,"
                        + " probability = :probability, verifier = :verifier, message = :message,"
                        + " queued_at = :now, failures = 0, problem = NULL,"
                        + " due_at = CASE WHEN holder IS NULL THEN :now ELSE due_at END"
                        + KEY
                        + " AND withdrawn = 0"),
                key,
                channel),
            news)
        .bind("now", nowMillis)
        .execute();
  }

  /** Drops a notice that nobody has tried to deliver. */
  static void dropUntried(Handle transaction, EventKey key, String channel) {
    bind(transaction.createUpdate("DELETE FROM notices" + KEY + " AND claimed = 0"), key, channel)
        .execute();
  }

  /** Drops what nobody has tried to deliver, and asks to take back what the owner may have seen. */
  static void withdraw(Handle transaction, EventKey key, long nowMillis) {
    Map<String, Object> values =
        Map.of("site", key.site(), "id", key.id().text(), "now", nowMillis);
    transaction
        .createUpdate("DELETE FROM notices WHERE site = :site AND id = :id AND claimed = 0")
        .bindMap(values)
        .execute();
    transaction
        .createUpdate(
            "UPDATE notices SET withdrawn = 1, urgency = "
                + QueuedNotice.WITHDRAWALS
                + ", wanted = wanted + 1, ended = 0, standing = 'NONE', probability = NULL,"
                + " verifier = '', message = NULL, queued_at = :now, failures = 0, problem = NULL,"
                + " due_at = CASE WHEN holder IS NULL THEN :now ELSE due_at END"
                + " WHERE site = :site AND id = :id")
        .bindMap(values)
        .execute();
  }

  /** Whether something may be tried now; cheaper than to claim in vain. */
  static boolean isDue(Handle handle, String channel, long nowMillis) {
    return handle
        .createQuery("SELECT 1 FROM notices WHERE channel = :channel AND due_at <= :now LIMIT 1")
        .bind("channel", channel)
        .bind("now", nowMillis)
        .mapTo(int.class)
        .findFirst()
        .isPresent();
  }

  /** Gives a holder what is to be tried next, until its lease ends. */
  static Optional<QueuedNotice> claim(
      Handle transaction,
      boolean postgresql,
      String channel,
      String holder,
      long nowMillis,
      long leaseEndMillis) {
    // SQLite lets one transaction write at a time, so that there is nobody to pass by
    String passBy = postgresql ? " FOR UPDATE SKIP LOCKED" : "";
    Optional<QueuedNotice> next =
        transaction
            .createQuery(
                "SELECT * FROM notices WHERE channel = :channel AND due_at <= :now"
                    + " ORDER BY urgency, due_at, id LIMIT 1"
                    + passBy)
            .bind("channel", channel)
            .bind("now", nowMillis)
            .map((row, context) -> read(row))
            .findFirst();
    next.ifPresent(
        row ->
            bind(
                    transaction.createUpdate(
                        "UPDATE notices SET claimed = 1, holder = :holder, due_at = :end" + KEY),
                    row.key(),
                    channel)
                .bind("holder", holder)
                .bind("end", leaseEndMillis)
                .execute());
    return next;
  }

  /** Marks as delivered; false when the holder does not hold it any more. */
  static boolean delivered(Handle transaction, QueuedNotice row, String holder, long nowMillis) {
    if (row.withdrawn()) {
      return held(transaction, "DELETE FROM notices" + HELD, row, holder).execute() == 1;
    }
    return held(
                transaction,
                "UPDATE notices SET told = :told, holder = NULL, failures = 0, problem = NULL,"
                    + " first_told = CASE WHEN first_told = 0 THEN :told ELSE first_told END,"
                    + " due_at = CASE WHEN wanted > :told THEN :now ELSE NULL END"
                    + HELD,
                row,
                holder)
            .bind("told", row.wanted())
            .bind("now", nowMillis)
            .execute()
        == 1;
  }

  /** Gives it free for a later attempt. */
  static void tryAgain(
      Handle transaction, QueuedNotice row, String holder, long dueAtMillis, String problem) {
    held(
            transaction,
            "UPDATE notices SET holder = NULL, failures = failures + 1, problem = :problem,"
                + " due_at = :due"
                + HELD,
            row,
            holder)
        .bind("due", dueAtMillis)
        .bind("problem", cut(problem))
        .execute();
  }

  /** Ends the attempts at this revision; a newer one is tried nevertheless. */
  static void giveUp(
      Handle transaction, QueuedNotice row, String holder, long nowMillis, String problem) {
    if (row.withdrawn()) {
      held(transaction, "DELETE FROM notices" + HELD, row, holder).execute();
      return;
    }
    held(
            transaction,
            "UPDATE notices SET holder = NULL, failures = 0, problem = :problem,"
                + " due_at = CASE WHEN wanted > :tried THEN :now ELSE NULL END"
                + HELD,
            row,
            holder)
        .bind("tried", row.wanted())
        .bind("now", nowMillis)
        .bind("problem", cut(problem))
        .execute();
  }

  /** Gives free at once what a holder has not finished. */
  static int handBack(Handle transaction, String holder, long nowMillis) {
    return transaction
        .createUpdate(
            "UPDATE notices SET holder = NULL, due_at = :now WHERE holder = :holder AND due_at IS"
                + " NOT NULL")
        .bind("holder", holder)
        .bind("now", nowMillis)
        .execute();
  }

  /** Ends what was queued before a time and that no courier delivers, such as of a channel gone. */
  static int sweep(Handle transaction, long queuedBeforeMillis) {
    int dropped =
        transaction
            .createUpdate("DELETE FROM notices WHERE withdrawn = 1 AND queued_at < :before")
            .bind("before", queuedBeforeMillis)
            .execute();
    return dropped
        + transaction
            .createUpdate(
                "UPDATE notices SET due_at = NULL, holder = NULL, problem = 'no courier of this"
                    + " channel in time' WHERE due_at IS NOT NULL AND queued_at < :before")
            .bind("before", queuedBeforeMillis)
            .execute();
  }

  /** Returns how many notices wait, and since when the oldest does, by channel. */
  static Map<String, Courier.Backlog> backlog(Handle handle) {
    return handle
        .createQuery(
            "SELECT channel, COUNT(*) AS waiting, MIN(queued_at) AS oldest FROM notices"
                + " WHERE due_at IS NOT NULL GROUP BY channel")
        .reduceRows(
            new TreeMap<>(),
            (map, row) -> {
              map.put(
                  row.getColumn("channel", String.class),
                  new Courier.Backlog(
                      row.getColumn("waiting", Long.class),
                      Instant.ofEpochMilli(row.getColumn("oldest", Long.class))));
              return map;
            });
  }

  private static Update held(Handle transaction, String sql, QueuedNotice row, String holder) {
    return bind(transaction.createUpdate(sql), row.key(), row.channel()).bind("holder", holder);
  }

  private static <S extends SqlStatement<S>> S bind(S statement, EventKey key, String channel) {
    return statement.bind("site", key.site()).bind("id", key.id().text()).bind("channel", channel);
  }

  private static <S extends SqlStatement<S>> S bind(S statement, News news) {
    return statement
        .bind("ended", news.ended() ? 1 : 0)
        .bind("standing", news.standing().name())
        .bind("probability", Double.isNaN(news.probability()) ? null : news.probability())
        .bind("verifier", news.verifier())
        .bind("message", new String(MessageCodec.toJson(news.message()), StandardCharsets.UTF_8));
  }

  private static QueuedNotice read(ResultSet row) throws SQLException {
    double probability = row.getDouble("probability");
    if (row.wasNull()) {
      probability = Double.NaN;
    }
    String json = row.getString("message");
    News news =
        new News(
            row.getInt("ended") != 0,
            Standing.valueOf(row.getString("standing")),
            probability,
            row.getString("verifier"),
            json == null ? null : message(json));
    return new QueuedNotice(
        new EventKey(row.getString("site"), new EventId(row.getString("id"))),
        row.getString("channel"),
        row.getInt("urgency"),
        row.getInt("wanted"),
        row.getInt("told"),
        row.getInt("first_told"),
        row.getInt("claimed") != 0,
        row.getInt("withdrawn") != 0,
        news,
        row.getLong("queued_at"),
        row.getInt("failures"));
  }

  /** Null when it cannot be read: one bad row must not stop the others. */
  private static EventMessage message(String json) {
    try {
      return MessageCodec.parseEvent(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  private static String cut(String problem) {
    return problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM);
  }
}
