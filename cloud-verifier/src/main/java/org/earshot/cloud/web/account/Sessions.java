package org.earshot.cloud.web.account;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earshot.cloud.store.Database;
import org.jdbi.v3.core.Handle;

/**
 * Who is signed in where: random tokens of which only hashes are stored.
 *
 * <p>A session ends after a time without use, after a time in all, when it is closed, and with its
 * account. Safe from many threads and processes; throws StoreException.
 */
public final class Sessions {
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);
  private static final int MAX_AGENT_CHARS = 200;
  private static final int MAX_PER_ACCOUNT = 50;

  private final Database database;
  private final Tokens tokens;
  private final Duration idle;
  private final Duration absolute;
  private final Clock clock;

  /**
   * Works on a database whose migrations have run.
   *
   * @param idle after which an unused session ends
   * @param absolute after which every session ends
   */
  public Sessions(
      Database database, SecureRandom random, Duration idle, Duration absolute, Clock clock) {
    this.database = database;
    this.tokens = new Tokens(random);
    this.idle = idle;
    this.absolute = absolute;
    this.clock = clock;
  }

  /** Signs in; returns the browser's secret. Of too many sessions the oldest ends. */
  public String open(String account, String address, String agent) {
    String token = tokens.next();
    long now = clock.millis();
    return database.write(
        handle -> {
          handle.execute(
              "DELETE FROM web_session WHERE seen_at < ? OR created_at < ?",
              now - idle.toMillis(),
              now - absolute.toMillis());
          handle.execute(
              "INSERT INTO web_session (token_hash, account, created_at, seen_at, address, agent)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              Tokens.hash(token),
              account,
              now,
              now,
              address,
              agent.substring(0, Math.min(agent.length(), MAX_AGENT_CHARS)));
          handle.execute(
              "DELETE FROM web_session WHERE account = ? AND token_hash NOT IN (SELECT token_hash"
                  + " FROM web_session WHERE account = ? ORDER BY created_at DESC LIMIT ?)",
              account,
              account,
              MAX_PER_ACCOUNT);
          return token;
        });
  }

  /** Returns the session of a browser's secret, and counts as its use. */
  public Optional<Session> use(String token) {
    Optional<Session> session = peek(Tokens.hash(token));
    session.ifPresent(this::touch);
    return session;
  }

  /** Returns a session without using it. */
  public Optional<Session> peek(String tokenHash) {
    long now = clock.millis();
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT account, token_hash, created_at, seen_at, address, agent FROM"
                        + " web_session WHERE token_hash = :hash AND seen_at >= :seen AND"
                        + " created_at >= :created")
                .bind("hash", tokenHash)
                .bind("seen", now - idle.toMillis())
                .bind("created", now - absolute.toMillis())
                .map((row, context) -> row(handle, row))
                .findOne());
  }

  /** Returns the sessions of an account, newest first. */
  public List<Session> of(String account) {
    long now = clock.millis();
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT account, token_hash, created_at, seen_at, address, agent FROM"
                        + " web_session WHERE account = :account AND seen_at >= :seen AND"
                        + " created_at >= :created ORDER BY created_at DESC")
                .bind("account", account)
                .bind("seen", now - idle.toMillis())
                .bind("created", now - absolute.toMillis())
                .map((row, context) -> row(handle, row))
                .list());
  }

  /** Signs one browser out. */
  public void close(String tokenHash) {
    database.write(
        handle -> handle.execute("DELETE FROM web_session WHERE token_hash = ?", tokenHash));
  }

  /** Signs an account out everywhere. */
  public void closeAll(String account) {
    database.write(handle -> handle.execute("DELETE FROM web_session WHERE account = ?", account));
  }

  private void touch(Session session) {
    Instant now = clock.instant();
    if (session.seenAt().plus(SEEN_STEP).isBefore(now)) {
      database.write(
          handle ->
              handle.execute(
                  "UPDATE web_session SET seen_at = ? WHERE token_hash = ?",
                  now.toEpochMilli(),
                  session.tokenHash()));
    }
  }

  private static Session row(Handle handle, ResultSet row) throws SQLException {
    String name = row.getString("account");
    Account account =
        Accounts.find(handle, name)
            .orElseThrow(() -> new IllegalStateException("a session of no account: " + name));
    return new Session(
        account,
        row.getString("token_hash"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("seen_at")),
        row.getString("address"),
        row.getString("agent"));
  }
}
