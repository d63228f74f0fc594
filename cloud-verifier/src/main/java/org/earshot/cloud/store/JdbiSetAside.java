package org.earshot.cloud.store;

import java.util.Arrays;
import java.util.List;

/** What could not be used, in a {@link Database}: the latest {@value #KEPT} of it. Thread-safe. */
public final class JdbiSetAside implements SetAside {
  static final int KEPT = 1000;
  private static final int TOPIC_CHARACTERS = 512;
  private static final int REASON_CHARACTERS = 1024;
  private static final int PAYLOAD_BYTES = 4096;

  private final Database database;

  /** What was set aside in this database. */
  public JdbiSetAside(Database database) {
    this.database = database;
  }

  @Override
  public void put(Message message) {
    byte[] payload =
        Arrays.copyOf(message.payload(), Math.min(PAYLOAD_BYTES, message.payload().length));
    database.write(
        handle -> {
          Changes.count(handle, "set_aside");
          handle
              .createUpdate(
                  "INSERT INTO set_aside (at, topic, reason, bytes, payload)"
                      + " VALUES (:at, :topic, :reason, :bytes, :payload)")
              .bind("at", message.at().toEpochMilli())
              .bind("topic", text(message.topic(), TOPIC_CHARACTERS))
              .bind("reason", text(message.reason(), REASON_CHARACTERS))
              .bind("bytes", message.bytes())
              .bind("payload", payload)
              .execute();
          return handle
              .createUpdate(
                  "DELETE FROM set_aside WHERE line <= (SELECT line FROM set_aside"
                      + " ORDER BY line DESC LIMIT 1 OFFSET :kept)")
              .bind("kept", KEPT)
              .execute();
        });
  }

  /** PostgreSQL's text holds no NUL, and what is half a character is no text. */
  private static String text(String text, int characters) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(characters)
        .map(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  @Override
  public List<Message> latest(int limit) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM set_aside ORDER BY line DESC LIMIT :limit")
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Message(
                            EventRows.moment(row, "at"),
                            row.getString("topic"),
                            row.getString("reason"),
                            row.getLong("bytes"),
                            row.getBytes("payload")))
                .list());
  }

  @Override
  public long count() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT number FROM counters WHERE name = 'set_aside'")
                .mapTo(long.class)
                .one());
  }
}
