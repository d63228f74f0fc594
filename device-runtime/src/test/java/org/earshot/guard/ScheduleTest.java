package org.earshot.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.earshot.guard.Schedule.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void readsModeTimesAndDays() {
    Schedule schedule = Schedule.parse("  Night  22:30-6:05   Fri-Mon,Wed ");
    assertThat(schedule.mode()).isEqualTo(GuardMode.NIGHT);
    assertThat(schedule.start()).isEqualTo(LocalTime.of(22, 30));
    assertThat(schedule.end()).isEqualTo(LocalTime.of(6, 5));
    assertThat(schedule.days())
        .containsExactlyInAnyOrder(
            DayOfWeek.FRIDAY,
            DayOfWeek.SATURDAY,
            DayOfWeek.SUNDAY,
            DayOfWeek.MONDAY,
            DayOfWeek.WEDNESDAY);
    assertThat(schedule.text()).isEqualTo("night 22:30-06:05 Mon,Wed,Fri,Sat,Sun");
    assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
  }

  @Test
  void withoutDaysItIsEveryDay() {
    assertThat(Schedule.parse("away 8:00-17:00").days()).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "night | schedule 'night', wanted something like night 22:30-06:30 Mon-Sun",
        "night 22:30 | schedule 'night 22:30', wanted something like night 22:30-06:30 Mon-Sun",
        "late 22:30-06:30 | no mode 'late'; there are disarmed, home, away, night",
        "night 24:00-06:30 | time '24:00', wanted 00:00 to 23:59",
        "night 22:30-06:61 | time '06:61', wanted 00:00 to 23:59",
        "night 22:30-06:30 Mo | day 'Mo', wanted Mon, Tue, Wed, Thu, Fri, Sat, Sun",
        "night 22:30-06:30 Mon, | day '', wanted Mon, Tue, Wed, Thu, Fri, Sat, Sun",
        "night 22:30-06:30 Mon-Tue-Wed | day 'Tue-Wed', wanted Mon, Tue, Wed, Thu, Fri, Sat, Sun"
      })
  void saysWhatIsWanted(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text))
        .withMessage(message);
  }

  @Test
  void aWindowOverMidnightBelongsToTheDayOnWhichItStarts() {
    Schedule schedule = Schedule.parse("night 22:30-06:30 Tue");
    assertThat(schedule.windowAt(berlin(11, 24, 22, 29), BERLIN)).isEmpty();
    assertThat(schedule.windowAt(berlin(11, 24, 22, 30), BERLIN))
        .contains(new Window(berlin(11, 24, 22, 30), berlin(11, 25, 6, 30)));
    assertThat(schedule.windowAt(berlin(11, 25, 6, 29), BERLIN)).isPresent();
    assertThat(schedule.windowAt(berlin(11, 25, 6, 30), BERLIN)).isEmpty();
    assertThat(schedule.windowAt(berlin(11, 25, 23, 0), BERLIN)).isEmpty();
    assertThat(schedule.nextEdge(berlin(11, 25, 6, 30), BERLIN)).isEqualTo(berlin(12, 1, 22, 30));
  }

  @Test
  void equalTimesAreAWholeDay() {
    Schedule schedule = Schedule.parse("away 08:00-08:00 Sat");
    assertThat(schedule.windowAt(berlin(11, 29, 7, 59), BERLIN))
        .contains(new Window(berlin(11, 28, 8, 0), berlin(11, 29, 8, 0)));
  }

  /** In Berlin clocks jump from 2:00 to 3:00 on 29 March 2026, and back from 3:00 on 25 October. */
  @Test
  void theNightIsAnHourShorterWhenSummerTimeBegins() {
    Schedule night = Schedule.parse("night 22:30-06:30");
    Window spring = night.windowAt(berlin(3, 29, 5, 0), BERLIN).orElseThrow();
    assertThat(Duration.between(spring.start(), spring.end())).isEqualTo(Duration.ofHours(7));
    Window autumn = night.windowAt(berlin(10, 25, 5, 0), BERLIN).orElseThrow();
    assertThat(Duration.between(autumn.start(), autumn.end())).isEqualTo(Duration.ofHours(9));
  }

  @Test
  void aTimeThatDoesNotExistIsAnHourLater() {
    Schedule schedule = Schedule.parse("night 02:30-05:00");
    assertThat(schedule.windowAt(berlin(3, 29, 4, 0), BERLIN))
        .contains(new Window(Instant.parse("2026-03-29T01:30:00Z"), berlin(3, 29, 5, 0)));
  }

  @Test
  void aWindowThatTheJumpSwallowsDoesNotHappen() {
    Schedule schedule = Schedule.parse("night 02:15-03:10");
    Instant jump = Instant.parse("2026-03-29T01:00:00Z");
    for (int minute = -60; minute < 90; minute++) {
      assertThat(schedule.windowAt(jump.plusSeconds(60L * minute), BERLIN)).isEmpty();
    }
    assertThat(schedule.nextEdge(jump, BERLIN)).isEqualTo(berlin(3, 30, 2, 15));
  }

  @Test
  void ofTwoEqualTimesTheFirstCounts() {
    Schedule schedule = Schedule.parse("night 01:00-02:30");
    assertThat(schedule.windowAt(berlin(10, 25, 1, 30), BERLIN).orElseThrow().end())
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z")); // 2:30 summer time
  }

  private static Instant berlin(int month, int day, int hour, int minute) {
    return ZonedDateTime.of(2026, month, day, hour, minute, 0, 0, BERLIN).toInstant();
  }
}
