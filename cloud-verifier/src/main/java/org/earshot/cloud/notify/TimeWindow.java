package org.earshot.cloud.notify;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A time of day on some days of the week, such as 22:00 to 06:30.
 *
 * @param from first moment of the day; when it is after {@code until} the window goes over
 *     midnight, and belongs to the day on which it begins; when they are equal it is the whole day
 * @param until first moment after it
 * @param days on which it begins; empty: all
 * @param zone whose time of day it is
 */
public record TimeWindow(LocalTime from, LocalTime until, Set<DayOfWeek> days, ZoneId zone) {
  /** Copies the set. */
  public TimeWindow {
    days = Set.copyOf(days);
  }

  /** Returns whether a moment lies within. */
  public boolean contains(Instant moment) {
    ZonedDateTime there = moment.atZone(zone);
    LocalTime time = there.toLocalTime();
    DayOfWeek today = there.getDayOfWeek();
    if (from.isBefore(until)) {
      return isDay(today) && !time.isBefore(from) && time.isBefore(until);
    }
    if (!time.isBefore(from)) {
      return isDay(today);
    }
    return time.isBefore(until) && isDay(today.minus(1));
  }

  private boolean isDay(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
