package org.earshot.cloud.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.earshot.event.EventId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Turns a filter into a query. */
final class EventSearch {
  private EventSearch() {}

  static EventKey key(ResultSet row, StatementContext context) throws SQLException {
    return new EventKey(row.getString("site"), new EventId(row.getString("id")));
  }

  static List<EventRecord> find(Handle handle, EventFilter filter) {
    StringBuilder sql = new StringBuilder(EventRows.SELECT).append("WHERE e.site IN (<sites>)");
    if (!filter.events().isEmpty()) {
      sql.append(" AND e.event IN (<events>)");
    }
    if (!filter.devices().isEmpty()) {
      sql.append(" AND e.device IN (<devices>)");
    }
    if (!filter.verdicts().isEmpty()) {
      sql.append(" AND e.verdict IN (<verdicts>)");
    }
    if (filter.from() != null) {
      sql.append(" AND e.onset_at >= :from");
    }
    if (filter.until() != null) {
      sql.append(" AND e.onset_at < :until");
    }
    if (filter.before() != null) {
      sql.append(" AND (e.onset_at, e.id) < (:onset, :before)");
    }
    sql.append(" ORDER BY e.onset_at DESC, e.id DESC, e.site DESC LIMIT :limit");
    try (Query query = handle.createQuery(sql.toString())) {
      bind(handle, filter, query);
      return query.map(new EventRows()).list();
    }
  }

  private static void bind(Handle handle, EventFilter filter, Query query) {
    query.bindList("sites", List.copyOf(filter.sites())).bind("limit", filter.limit());
    if (!filter.events().isEmpty()) {
      query.bindList("events", List.copyOf(filter.events()));
    }
    if (!filter.devices().isEmpty()) {
      query.bindList("devices", List.copyOf(filter.devices()));
    }
    if (!filter.verdicts().isEmpty()) {
      query.bindList("verdicts", filter.verdicts().stream().map(Enum::name).toList());
    }
    if (filter.from() != null) {
      query.bind("from", filter.from().toEpochMilli());
    }
    if (filter.until() != null) {
      query.bind("until", filter.until().toEpochMilli());
    }
    if (filter.before() != null) {
      query.bind("before", filter.before().text()).bind("onset", onset(handle, filter));
    }
  }

  /** The onset of the last page's last event, which may have been deleted since. */
  private static long onset(Handle handle, EventFilter filter) {
    String of = " WHERE id = :id AND site IN (<sites>)";
    return handle
        .createQuery(
            "SELECT onset_at FROM events"
                + of
                + " UNION ALL SELECT onset_at FROM tombstones"
                + of
                + " ORDER BY onset_at DESC LIMIT 1")
        .bind("id", filter.before().text())
        .bindList("sites", List.copyOf(filter.sites()))
        .mapTo(Long.class)
        .findOne()
        .orElseGet(() -> filter.before().time().toEpochMilli());
  }
}
