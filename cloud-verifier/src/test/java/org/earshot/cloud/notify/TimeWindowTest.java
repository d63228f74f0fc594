package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");

  private static boolean contains(TimeWindow window, String local) {
    return window.contains(LocalDateTime.parse(local).atZone(ZONE).toInstant());
  }

  private static TimeWindow window(String from, String until, DayOfWeek... days) {
    return new TimeWindow(LocalTime.parse(from), LocalTime.parse(until), Set.of(days), ZONE);
  }

  @ParameterizedTest
  @CsvSource({"08:59,false", "09:00,true", "16:59,true", "17:00,false"})
  void holdsItsFirstMomentAndNotItsLast(String time, boolean within) {
    assertThat(contains(window("09:00", "17:00"), "2026-01-31T" + time)).isEqualTo(within);
  }

  // 2026-01-31 is a Saturday
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T21:59,false",
    "2026-01-31T22:00,true",
    "2026-02-01T05:59,true",
    "2026-02-01T06:00,false",
    "2026-02-01T22:30,false",
    "2026-01-31T03:00,false"
  })
  void overMidnightBelongsToTheDayOnWhichItBegins(String time, boolean within) {
    assertThat(contains(window("22:00", "06:00", DayOfWeek.SATURDAY), time)).isEqualTo(within);
  }

  @Test
  void isTheWholeDayWhenBothEndsAreEqual() {
    assertThat(contains(window("07:00", "07:00"), "2026-01-31T03:00")).isTrue();
    assertThat(contains(window("07:00", "07:00"), "2026-01-31T07:00")).isTrue();
  }

  @Test
  void goesByTheClockOnTheWallWhenThatIsChanged() {
    // the clock went from 02:00 to 03:00 on 2026-03-08
    assertThat(contains(window("02:30", "03:30"), "2026-03-08T03:10")).isTrue();
    assertThat(contains(window("03:30", "04:00"), "2026-03-08T03:10")).isFalse();
  }
}
