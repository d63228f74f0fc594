package org.earshot.cloud.web.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.earshot.cloud.store.Database;
import org.jdbi.v3.core.Handle;

/**
 * The people who may sign in, and what each may see.
 *
 * <p>Every call is one transaction, safe from many threads and processes on one database. What
 * changes accounts begins by updating the one row of {@code account_setup}: that is the lock under
 * which "there is always an administrator" holds. Passwords are hashed outside of it. Throws
 * StoreException when the database cannot be used.
 */
public final class Accounts {
  /** Bound of the accounts. */
  public static final int MAX_ACCOUNTS = 10_000;

  private static final Duration CODE_LIFE = Duration.ofDays(7);

  /** What became of a change. */
  public enum Outcome {
    /** It was made. */
    DONE,
    /** There is no such account, or the code is wrong. */
    UNKNOWN,
    /** The name is taken. */
    TAKEN,
    /** Nobody would be left to manage accounts. */
    LAST_ADMIN
  }

  private final Database database;
  private final Passwords passwords;
  private final Tokens tokens;
  private final Clock clock;

  /** Works on a database whose migrations have run. */
  public Accounts(Database database, SecureRandom random, Clock clock) {
    this.database = database;
    this.passwords = new Passwords(random);
    this.tokens = new Tokens(random);
    this.clock = clock;
  }

  /** Whether there is no administrator yet. */
  public boolean setupNeeded() {
    return database.read(
        handle ->
            handle
                    .createQuery("SELECT count(*) FROM account_setup WHERE finished_at IS NULL")
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  /**
   * Returns a code with which the first administrator can be made, once and within seven days;
   * empty when there is one already.
   */
  public Optional<String> newSetupCode() {
    String code = tokens.nextCode();
    return database.write(
        handle -> {
          lock(handle);
          if (!notSetUp(handle)) {
            return Optional.empty();
          }
          long now = clock.millis();
          handle.execute(
              "DELETE FROM account_setup_code WHERE created_at < ?", now - CODE_LIFE.toMillis());
          handle.execute(
              "INSERT INTO account_setup_code (code_hash, created_at) VALUES (?, ?)",
              codeHash(code),
              now);
          return Optional.of(code);
        });
  }

  /**
   * Makes the first administrator, who owns these sites.
   *
   * @param code as printed; blanks, hyphens and case do not matter
   * @return DONE, or UNKNOWN when the code is wrong or was used
   */
  public Outcome setup(String code, String name, String password, List<String> sites) {
    String checked = Account.name(name);
    Passwords.check(checked, password);
    String hash = passwords.hash(password);
    return database.write(
        handle -> {
          lock(handle);
          long now = clock.millis();
          int known =
              handle
                  .createQuery(
                      "SELECT count(*) FROM account_setup_code WHERE code_hash = :hash AND created_at"
                          + " >= :since")
                  .bind("hash", codeHash(code))
                  .bind("since", now - CODE_LIFE.toMillis())
                  .mapTo(Integer.class)
                  .one();
          if (known == 0 || !notSetUp(handle)) {
            return Outcome.UNKNOWN;
          }
          handle.execute("UPDATE account_setup SET finished_at = ? WHERE id = 1", now);
          handle.execute("DELETE FROM account_setup_code");
          Map<String, Role> roles = new LinkedHashMap<>();
          sites.forEach(site -> roles.put(site, Role.OWNER));
          insert(handle, new Account(checked, true, roles, Instant.ofEpochMilli(now)), hash);
          return Outcome.DONE;
        });
  }

  /** Makes an account. Throws IllegalArgumentException when name or password will not do. */
  public Outcome create(String name, String password, boolean admin, Map<String, Role> sites) {
    String checked = Account.name(name);
    Passwords.check(checked, password);
    String hash = passwords.hash(password);
    return database.write(
        handle -> {
          lock(handle);
          if (find(handle, checked).isPresent()) {
            return Outcome.TAKEN;
          }
          if (count(handle, "SELECT count(*) FROM account") >= MAX_ACCOUNTS) {
            throw new IllegalArgumentException(
                "there are " + MAX_ACCOUNTS + " accounts; delete one first");
          }
          insert(handle, new Account(checked, admin, sites, clock.instant()), hash);
          return Outcome.DONE;
        });
  }

  /** Changes what an account may do, from its next request on. */
  public Outcome change(String name, boolean admin, Map<String, Role> sites) {
    return database.write(
        handle -> {
          lock(handle);
          if (find(handle, name).isEmpty()) {
            return Outcome.UNKNOWN;
          }
          if (!admin && lastAdmin(handle, name)) {
            return Outcome.LAST_ADMIN;
          }
          handle.execute("UPDATE account SET admin = ? WHERE name = ?", admin ? 1 : 0, name);
          handle.execute("DELETE FROM account_site WHERE account = ?", name);
          insertSites(handle, name, sites);
          return Outcome.DONE;
        });
  }

  /** Deletes an account and signs it out. */
  public Outcome delete(String name) {
    return database.write(
        handle -> {
          lock(handle);
          if (find(handle, name).isEmpty()) {
            return Outcome.UNKNOWN;
          }
          if (lastAdmin(handle, name)) {
            return Outcome.LAST_ADMIN;
          }
          handle.execute("DELETE FROM web_session WHERE account = ?", name);
          handle.execute("DELETE FROM account_site WHERE account = ?", name);
          handle.execute("DELETE FROM account WHERE name = ?", name);
          return Outcome.DONE;
        });
  }

  /**
   * Sets a password and signs the account out everywhere. Throws IllegalArgumentException when it
   * will not do.
   */
  public Outcome setPassword(String name, String password) {
    Passwords.check(name, password);
    String hash = passwords.hash(password);
    return database.write(
        handle -> {
          lock(handle);
          if (handle.execute("UPDATE account SET password = ? WHERE name = ?", hash, name) == 0) {
            return Outcome.UNKNOWN;
          }
          handle.execute("DELETE FROM web_session WHERE account = ?", name);
          return Outcome.DONE;
        });
  }

  /**
   * Whether this is the account's password; takes as long when there is no such account. A hash
   * with older parameters is replaced.
   */
  public boolean knows(String name, String password) {
    String stored =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT password FROM account WHERE name = :name")
                    .bind("name", name)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(null));
    if (!passwords.matches(password, stored)) {
      return false;
    }
    if (Passwords.outdated(stored)) {
      String hash = passwords.hash(password);
      database.write(
          handle ->
              handle.execute(
                  "UPDATE account SET password = ? WHERE name = ? AND password = ?",
                  hash,
                  name,
                  stored));
    }
    return true;
  }

  /** Returns one account. */
  public Optional<Account> find(String name) {
    return database.read(handle -> find(handle, name));
  }

  /** Returns all accounts by name. */
  public List<Account> all() {
    return database.read(
        handle -> {
          Map<String, Map<String, Role>> sites = new LinkedHashMap<>();
          handle
              .createQuery("SELECT account, site, role FROM account_site")
              .map(
                  (row, context) ->
                      List.of(
                          row.getString("account"), row.getString("site"), row.getString("role")))
              .forEach(
                  row ->
                      sites
                          .computeIfAbsent(row.get(0), account -> new LinkedHashMap<>())
                          .put(row.get(1), Role.parse(row.get(2))));
          List<Account> accounts = new ArrayList<>();
          handle
              .createQuery("SELECT name, admin, created_at FROM account ORDER BY name")
              .map(
                  (row, context) ->
                      new Account(
                          row.getString("name"),
                          row.getInt("admin") != 0,
                          sites.getOrDefault(row.getString("name"), Map.of()),
                          Instant.ofEpochMilli(row.getLong("created_at"))))
              .forEach(accounts::add);
          return accounts;
        });
  }

  /** Returns the sites that anybody may see, by name. */
  public List<String> sites() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT DISTINCT site FROM account_site ORDER BY site")
                .mapTo(String.class)
                .list());
  }

  static Optional<Account> find(Handle handle, String name) {
    Map<String, Role> sites = new LinkedHashMap<>();
    handle
        .createQuery("SELECT site, role FROM account_site WHERE account = :name")
        .bind("name", name)
        .map((row, context) -> Map.entry(row.getString("site"), Role.parse(row.getString("role"))))
        .forEach(entry -> sites.put(entry.getKey(), entry.getValue()));
    return handle
        .createQuery("SELECT name, admin, created_at FROM account WHERE name = :name")
        .bind("name", name)
        .map(
            (row, context) ->
                new Account(
                    row.getString("name"),
                    row.getInt("admin") != 0,
                    sites,
                    Instant.ofEpochMilli(row.getLong("created_at"))))
        .findOne();
  }

  private static void insert(Handle handle, Account account, String hash) {
    handle.execute(
        "INSERT INTO account (name, password, admin, created_at) VALUES (?, ?, ?, ?)",
        account.name(),
        hash,
        account.admin() ? 1 : 0,
        account.createdAt().toEpochMilli());
    insertSites(handle, account.name(), account.sites());
  }

  private static void insertSites(Handle handle, String name, Map<String, Role> sites) {
    sites.forEach(
        (site, role) ->
            handle.execute(
                "INSERT INTO account_site (account, site, role) VALUES (?, ?, ?)",
                name,
                site,
                role.text()));
  }

  private static void lock(Handle handle) {
    handle.execute("UPDATE account_setup SET id = 1 WHERE id = 1");
  }

  private static boolean notSetUp(Handle handle) {
    return count(handle, "SELECT count(*) FROM account_setup WHERE finished_at IS NULL") > 0;
  }

  private static boolean lastAdmin(Handle handle, String name) {
    return handle
            .createQuery("SELECT count(*) FROM account WHERE admin = 1 AND name <> :name")
            .bind("name", name)
            .mapTo(Integer.class)
            .one()
        == 0;
  }

  private static int count(Handle handle, String query) {
    return handle.createQuery(query).mapTo(Integer.class).one();
  }

  private static String codeHash(String code) {
    return Tokens.hash(code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
  }
}
