package org.earshot.guard;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mode that the home takes at a time of day, on some days, until another time of day.
 *
 * <p>Wall-clock times: where summer time begins, a time that does not exist is as much later as the
 * clock jumps; where it ends, the first of two equal times counts (java.time's rules). A window
 * that this leaves without length does not happen.
 *
 * @param start inclusive
 * @param end exclusive; at or before start means on the next day
 * @param days on which it starts
 */
public record Schedule(GuardMode mode, LocalTime start, LocalTime end, Set<DayOfWeek> days) {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Pattern FORM =
      Pattern.compile("(\\w+)\\s+(\\d\\d?:\\d\\d)-(\\d\\d?:\\d\\d)(?:\\s+([\\w,-]+))?");
  private static final int WEEK = 7;

  /** Throws IllegalArgumentException when there is no day. */
  public Schedule {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a schedule without days");
    }
    days = Set.copyOf(days);
  }

  /**
   * Reads "night 22:30-06:30 Mon-Sun", "away 8:00-17:00 Mon,Wed-Fri" or "night 23:00-07:00", which
   * is every day.
   *
   * @throws IllegalArgumentException that says what is wanted
   */
  public static Schedule parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "schedule '" + text + "', wanted something like night 22:30-06:30 Mon-Sun");
    }
    return new Schedule(
        GuardMode.parse(form.group(1).toLowerCase(Locale.ROOT)),
        time(form.group(2)),
        time(form.group(3)),
        form.group(4) == null ? EnumSet.allOf(DayOfWeek.class) : days(form.group(4)));
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time '" + text + "', wanted 00:00 to 23:59", e);
    }
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      DayOfWeek first = day(dash < 0 ? part : part.substring(0, dash));
      DayOfWeek last = dash < 0 ? first : day(part.substring(dash + 1));
      for (DayOfWeek day = first; ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    for (int i = 0; i < WEEK; i++) {
      if (DAYS.get(i).equalsIgnoreCase(text)) {
        return DayOfWeek.of(i + 1);
      }
    }
    throw new IllegalArgumentException("day '" + text + "', wanted " + String.join(", ", DAYS));
  }

  /** Returns the form that {@link #parse} reads. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(mode.text()).append(' ').append(start).append('-').append(end).append(' ');
    Stream.of(DayOfWeek.values())
        .filter(days::contains)
        .forEach(day -> text.append(DAYS.get(day.getValue() - 1)).append(','));
    text.setLength(text.length() - 1);
    return text.toString();
  }

  /** Returns the window that holds an instant, the one that began last. */
  Optional<Window> windowAt(Instant instant, ZoneId zone) {
    LocalDate day = instant.atZone(zone).toLocalDate();
    for (LocalDate first = day; !first.isBefore(day.minusDays(2)); first = first.minusDays(1)) {
      Optional<Window> window =
          window(first, zone)
              .filter(w -> !instant.isBefore(w.start()) && instant.isBefore(w.end()));
      if (window.isPresent()) {
        return window;
      }
    }
    return Optional.empty();
  }

  /** Returns when a window next begins or ends, after an instant. */
  Instant nextEdge(Instant after, ZoneId zone) {
    LocalDate day = after.atZone(zone).toLocalDate();
    // a weekly window can fall into the gap of summer time, hence two weeks
    return Stream.iterate(day.minusDays(2), d -> d.plusDays(1))
        .limit(3L + 2 * WEEK)
        .flatMap(d -> window(d, zone).stream())
        .flatMap(w -> Stream.of(w.start(), w.end()))
        .filter(edge -> edge.isAfter(after))
        .min(Instant::compareTo)
        .orElse(after.plusSeconds(86_400));
  }

  private Optional<Window> window(LocalDate day, ZoneId zone) {
    if (!days.contains(day.getDayOfWeek())) {
      return Optional.empty();
    }
    LocalDate lastDay = end.isAfter(start) ? day : day.plusDays(1);
    Instant from = day.atTime(start).atZone(zone).toInstant();
    Instant to = lastDay.atTime(end).atZone(zone).toInstant();
    return from.isBefore(to) ? Optional.of(new Window(from, to)) : Optional.empty();
  }

  /** One happening of a schedule: [start, end). */
  record Window(Instant start, Instant end) {}
}
