package org.earshot.cloud.store;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The audit in a {@link Database}. Thread-safe. */
public final class JdbiAudit implements Audit {
  private final Database database;

  /** An audit in this database. */
  public JdbiAudit(Database database) {
    this.database = database;
  }

  @Override
  public void append(Line line) {
    database.write(handle -> append(handle, line));
  }

  /** Appends within a transaction, so that no deed is done without its line. */
  static int append(Handle transaction, Line line) {
    return transaction
        .createUpdate(
            "INSERT INTO audit_lines (at, site, who, action, subject, detail)"
                + " VALUES (:at, :site, :who, :action, :subject, :detail)")
        .bind("at", line.at().toEpochMilli())
        .bind("site", line.site())
        .bind("who", line.who())
        .bind("action", line.action())
        .bind("subject", line.subject())
        .bind("detail", line.detail())
        .execute();
  }

  @Override
  public List<Line> latest(Set<String> sites, int limit) {
    if (sites.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM audit_lines WHERE site IN (<sites>)"
                        + " ORDER BY line DESC LIMIT :limit")
                .bindList("sites", List.copyOf(sites))
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Line(
                            EventRows.moment(row, "at"),
                            row.getString("site"),
                            row.getString("who"),
                            row.getString("action"),
                            row.getString("subject"),
                            row.getString("detail")))
                .list());
  }
}
