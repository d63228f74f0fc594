package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

  @Test
  void idsOfOneMillisecondRise() {
    EventIds ids = new EventIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      texts.add(ids.next().text());
    }
    List<String> sorted = new ArrayList<>(texts);
    Collections.sort(sorted);
    assertThat(texts).isEqualTo(sorted);
    assertThat(new HashSet<>(texts)).hasSize(5000);
  }

  @Test
  void idsRiseWhenTheClockIsSetBack() {
    SetClock clock = new SetClock(NOW);
    EventIds ids = new EventIds(clock, new Random(2));
    EventId before = ids.next();
    clock.now = NOW.minusSeconds(3600);
    EventId after = ids.next();
    assertThat(after).isGreaterThan(before);
    assertThat(after.time()).isEqualTo(NOW);
  }

  @Test
  void anIdTellsItsMillisecond() {
    assertThat(new EventIds(new SetClock(NOW), new Random(3)).next().time()).isEqualTo(NOW);
  }

  @Test
  void theRandomPartCarriesIntoTheTime() {
    RandomGenerator ones = () -> -1L; // nextInt(32) gives 31 each time
    EventIds ids = new EventIds(new SetClock(NOW), ones);
    EventId last = ids.next();
    assertThat(last.text()).endsWith("ZZZZZZZZZZZZZZZZ");
    EventId next = ids.next();
    assertThat(next.text()).endsWith("0000000000000000");
    assertThat(next).isGreaterThan(last);
    assertThat(next.time()).isEqualTo(NOW.plusMillis(1));
  }

  @Test
  void theExampleOfTheUlidSpecificationIsRead() {
    assertThat(new EventId("01ARZ3NDEKTSV4RRFFQ69G5FAV").time())
        .isEqualTo(Instant.ofEpochMilli(1_469_922_850_259L));
    assertThat(new EventId("7ZZZZZZZZZZZZZZZZZZZZZZZZZ").time())
        .isEqualTo(Instant.ofEpochMilli((1L << 48) - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01ARZ3NDEKTSV4RRFFQ69G5FA",
        "01ARZ3NDEKTSV4RRFFQ69G5FAVV",
        "01arz3ndektsv4rrffq69g5fav",
        "81ARZ3NDEKTSV4RRFFQ69G5FAV",
        "01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "../../../../../etc/passwdX",
        "01ARZ3NDEKTSV4RRFFQ69G5F/V"
      })
  void whatIsNoIdIsRefused(String text) {
    assertThatThrownBy(() -> new EventId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static final class SetClock extends Clock {
    private Instant now;

    SetClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
