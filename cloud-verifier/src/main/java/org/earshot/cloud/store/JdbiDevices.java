package org.earshot.cloud.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earshot.event.HealthMessage;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The devices in a {@link Database}. Of two messages of a kind the one that was received later
 * stays, in whatever order they are stored.
 */
public final class JdbiDevices implements Devices {
  private final Database database;

  /** The devices of this database. */
  public JdbiDevices(Database database) {
    this.database = database;
  }

  @Override
  public void state(String site, String device, StateMessage state, Instant receivedAt) {
    remember("state", site, device, text(MessageCodec.toJson(state)), receivedAt);
  }

  @Override
  public void problems(String site, String device, ProblemMessage problems, Instant receivedAt) {
    remember("problems", site, device, text(MessageCodec.toJson(problems)), receivedAt);
  }

  @Override
  public void health(String site, String device, HealthMessage health, Instant receivedAt) {
    remember("health", site, device, text(MessageCodec.toJson(health)), receivedAt);
  }

  @Override
  public void siren(String site, String device, boolean on, Instant receivedAt) {
    remember("siren", site, device, on ? 1 : 0, receivedAt);
  }

  @Override
  public void sensitivity(String site, String device, String event, int value, Instant receivedAt) {
    database.write(
        handle -> {
          see(handle, site, device, receivedAt);
          return handle
              .createUpdate(
                  "INSERT INTO sensitivities (site, device, event, sensitivity, set_at)"
                      + " VALUES (:site, :device, :event, :value, :at)"
                      + " ON CONFLICT (site, device, event) DO UPDATE"
                      + " SET sensitivity = excluded.sensitivity, set_at = excluded.set_at"
                      + " WHERE sensitivities.set_at <= excluded.set_at")
              .bind("site", site)
              .bind("device", device)
              .bind("event", event)
              .bind("value", value)
              .bind("at", receivedAt.toEpochMilli())
              .execute();
        });
  }

  private static void see(Handle handle, String site, String device, Instant at) {
    handle
        .createUpdate(
            "INSERT INTO devices (site, device, seen_at) VALUES (:site, :device, :at)"
                + " ON CONFLICT (site, device) DO UPDATE SET seen_at = excluded.seen_at"
                + " WHERE devices.seen_at < excluded.seen_at")
        .bind("site", site)
        .bind("device", device)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /** The column is one of this class's own names. */
  private void remember(String column, String site, String device, Object value, Instant at) {
    database.write(
        handle -> {
          see(handle, site, device, at);
          return handle
              .createUpdate(
                  ("UPDATE devices SET %1$s = :value, %1$s_at = :at WHERE site = :site"
                          + " AND device = :device AND (%1$s_at IS NULL OR %1$s_at <= :at)")
                      .formatted(column))
              .bind("value", value)
              .bind("at", at.toEpochMilli())
              .bind("site", site)
              .bind("device", device)
              .execute();
        });
  }

  @Override
  public List<DeviceRecord> in(Set<String> sites) {
    if (sites.isEmpty()) {
      return List.of();
    }
    return records("d.site IN (<sites>)", query -> query.bindList("sites", List.copyOf(sites)));
  }

  @Override
  public Optional<DeviceRecord> find(String site, String device) {
    return records(
            "d.site = :site AND d.device = :device",
            query -> query.bind("site", site).bind("device", device))
        .stream()
        .findFirst();
  }

  @Override
  public List<String> sites() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT site FROM devices UNION SELECT site FROM events ORDER BY site")
                .mapTo(String.class)
                .list());
  }

  private interface Binding {
    Query of(Query query);
  }

  /** One row for each sensitivity; one for a device that has none. */
  private List<DeviceRecord> records(String which, Binding binding) {
    return database.read(
        handle -> {
          String sql =
              "SELECT d.*, s.event AS s_event, s.sensitivity AS s_value FROM devices d"
                  + " LEFT JOIN sensitivities s ON s.site = d.site AND s.device = d.device"
                  + " WHERE "
                  + which
                  + " ORDER BY d.site, d.device";
          List<DeviceRecord> records = new ArrayList<>();
          Map<String, Integer> sensitivities = new HashMap<>();
          binding
              .of(handle.createQuery(sql))
              .map((row, context) -> record(row))
              .forEach(record -> join(records, sensitivities, record));
          return records;
        });
  }

  private static void join(
      List<DeviceRecord> records, Map<String, Integer> sensitivities, DeviceRecord record) {
    int last = records.size() - 1;
    boolean same =
        last >= 0
            && records.get(last).site().equals(record.site())
            && records.get(last).device().equals(record.device());
    if (same) {
      sensitivities.putAll(record.sensitivities());
      records.remove(last);
    } else {
      sensitivities.clear();
      sensitivities.putAll(record.sensitivities());
    }
    records.add(
        new DeviceRecord(
            record.site(),
            record.device(),
            record.state(),
            record.problems(),
            record.health(),
            sensitivities,
            record.siren(),
            record.seenAt()));
  }

  private static DeviceRecord record(ResultSet row) throws SQLException {
    String event = row.getString("s_event");
    try {
      byte[] state = bytes(row, "state");
      byte[] problems = bytes(row, "problems");
      byte[] health = bytes(row, "health");
      return new DeviceRecord(
          row.getString("site"),
          row.getString("device"),
          state == null ? null : MessageCodec.parseState(state),
          problems == null ? null : MessageCodec.parseProblems(problems),
          health == null ? null : MessageCodec.parseHealth(health),
          event == null ? Map.of() : Map.of(event, row.getInt("s_value")),
          row.getInt("siren") != 0,
          EventRows.moment(row, "seen_at"));
    } catch (MalformedMessageException e) {
      throw new StoreException(
          "database: what is stored of device "
              + row.getString("device")
              + " is no message; delete its row",
          e);
    }
  }

  private static byte[] bytes(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
