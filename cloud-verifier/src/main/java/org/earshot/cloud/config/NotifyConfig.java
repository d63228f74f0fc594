package org.earshot.cloud.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.earshot.agent.config.ConfigException;
import org.earshot.agent.config.ConfigTable;
import org.earshot.cloud.notify.NoticeRule;
import org.earshot.cloud.notify.NoticeRules;
import org.earshot.cloud.notify.Standing;
import org.earshot.cloud.notify.TimeWindow;

/**
 * Who is told what, and how.
 *
 * @param zone of the homes, for times in texts and rules
 * @param page what people type to reach the history page; null without links in texts
 * @param channels in the order of the file
 * @param rules in the order of the file
 */
public record NotifyConfig(ZoneId zone, URI page, List<ChannelConfig> channels, NoticeRules rules) {

  static NotifyConfig of(ConfigTable root, String page, Set<String> lifeSafety)
      throws ConfigException {
    ConfigTable notify = root.table("notify");
    ZoneId zone = zone(notify);
    notify.rejectOthers();
    List<ChannelConfig> channels = new ArrayList<>();
    for (ConfigTable table : root.tables("channel")) {
      channels.add(ChannelConfig.of(table));
    }
    List<NoticeRule> rules = new ArrayList<>();
    List<ConfigTable> tables = root.tables("rule");
    for (ConfigTable table : tables) {
      rules.add(rule(table, zone));
    }
    NoticeRules all =
        Checked.value(
            root,
            tables.isEmpty() ? "channel" : "rule",
            () ->
                new NoticeRules(
                    channels.stream().map(ChannelConfig::scope).toList(), rules, lifeSafety));
    return new NotifyConfig(zone, page.isEmpty() ? null : URI.create(page), channels, all);
  }

  private static ZoneId zone(ConfigTable table) throws ConfigException {
    String text = table.text("zone", null);
    try {
      return text == null ? ZoneId.systemDefault() : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw table.wrong("zone", "a name such as \"Europe/Berlin\"");
    }
  }

  private static NoticeRule rule(ConfigTable table, ZoneId zone) throws ConfigException {
    String effect = table.choice("effect", "tell", List.of("tell", "silent"));
    String channel = table.text("channel", NoticeRule.EVERY_CHANNEL);
    Set<String> events = set(table, "events");
    Set<String> sites = set(table, "sites");
    Set<String> devices = set(table, "devices");
    Set<String> modes = set(table, "modes");
    Set<Standing> verdicts = EnumSet.noneOf(Standing.class);
    List<String> known = Arrays.stream(Standing.values()).map(Standing::label).toList();
    for (String verdict : table.texts("verdicts", List.of())) {
      if (!known.contains(verdict)) {
        throw table.wrong("verdicts", "any of " + String.join(", ", known));
      }
      verdicts.add(Standing.values()[known.indexOf(verdict)]);
    }
    double posterior = table.number("least_posterior_percent", 0, 0, 100) / 100.0;
    boolean lifeSafety = table.flag("life_safety", false);
    TimeWindow window = window(table, zone);
    table.rejectOthers();
    return Checked.value(
        table,
        "channel",
        () ->
            new NoticeRule(
                channel,
                NoticeRule.Effect.valueOf(effect.toUpperCase(Locale.ROOT)),
                events,
                sites,
                devices,
                modes,
                window,
                verdicts,
                posterior,
                lifeSafety));
  }

  private static Set<String> set(ConfigTable table, String key) throws ConfigException {
    return Set.copyOf(table.texts(key, List.of()));
  }

  /** Such as {@code hours = "22:00-06:30"} and {@code days = ["Mon", "Tue"]}. */
  private static TimeWindow window(ConfigTable table, ZoneId zone) throws ConfigException {
    String hours = table.text("hours", null);
    List<String> days = table.texts("days", List.of());
    if (hours == null && days.isEmpty()) {
      return null;
    }
    Set<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days) {
      on.add(
          Arrays.stream(DayOfWeek.values())
              .filter(each -> each.name().substring(0, 3).equalsIgnoreCase(day))
              .findFirst()
              .orElseThrow(() -> table.wrong("days", "any of " + dayNames())));
    }
    try {
      String[] ends = (hours == null ? "00:00-00:00" : hours).split("-", -1);
      if (ends.length == 2) {
        return new TimeWindow(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]), on, zone);
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw table.wrong("hours", "as in \"22:00-06:30\"");
  }

  private static String dayNames() {
    return Arrays.stream(DayOfWeek.values())
        .map(day -> day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
