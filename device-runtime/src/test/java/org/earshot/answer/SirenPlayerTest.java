package org.earshot.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SirenPlayerTest {
  private final Events events = new Events();
  private final AtomicLong nanoTime = new AtomicLong();

  private SirenPlayer player(SoundOutput output) {
    SirenListener listener =
        new SirenListener() {
          @Override
          public void changed(boolean sounding, String cause) {
            events.add((sounding ? "on: " : "off: ") + cause);
          }

          @Override
          public void failed(String message) {
            events.add("failed: " + message);
          }
        };
    return new SirenPlayer(output, 16_000, Duration.ofMinutes(3), listener, nanoTime::get);
  }

  @Test
  void soundsForItsTime() throws InterruptedException {
    MemoryOutput output = new MemoryOutput();
    try (SirenPlayer siren = player(output)) {
      assertThat(siren.start(Duration.ofMillis(2_550), "phone")).isTrue();
      assertThat(events.next()).isEqualTo("on: phone");
      assertThat(events.next()).isEqualTo("off: time over");
      assertThat(output.heard()).hasSize(2 * 40_800);
    }
  }

  @Test
  void noCallExceedsTheLimit() throws InterruptedException {
    MemoryOutput output = new MemoryOutput();
    try (SirenPlayer siren = player(output)) {
      siren.start(Duration.ofDays(1_000), "phone");
      events.next();
      events.next();
      assertThat(output.heard()).hasSize(2 * 180 * 16_000);
    }
  }

  @Test
  void stopsOnCommandInTheMiddleOfAWrite() throws InterruptedException {
    MemoryOutput output = new MemoryOutput(20_000);
    try (SirenPlayer siren = player(output)) {
      siren.start(Duration.ofSeconds(60), "rule");
      assertThat(output.awaitBlocked()).isTrue();
      assertThat(siren.isSounding()).isTrue();
      siren.stop("phone");
      assertThat(siren.isSounding()).isFalse();
      assertThat(events.next()).isEqualTo("on: rule");
      assertThat(events.next()).isEqualTo("off: phone");
      siren.stop("phone");
      assertThat(output.heard().length).isLessThan(2 * 16_000);
    }
    assertThat(events.rest()).isEmpty();
  }

  @Test
  void neverTwoAtOnce() throws InterruptedException {
    MemoryOutput output = new MemoryOutput(1);
    try (SirenPlayer siren = player(output)) {
      for (int i = 0; i < 20; i++) {
        siren.start(Duration.ofSeconds(10), "first");
        assertThat(siren.start(Duration.ofSeconds(20), "second")).isFalse();
        siren.stop("phone");
        siren.start(Duration.ofSeconds(10), "third");
        siren.stop("phone");
      }
    }
    assertThat(output.mostOpen()).isLessThanOrEqualTo(1);
    boolean on = false;
    for (String event : events.rest()) {
      assertThat(event).startsWith(on ? "off: " : "on: ");
      on = !on;
    }
    assertThat(on).isFalse();
  }

  @Test
  void aLoudspeakerThatIsNotThereIsTold() throws InterruptedException {
    MemoryOutput output = new MemoryOutput();
    output.fail("no loudspeaker 'hw:7'; found: hw:0");
    try (SirenPlayer siren = player(output)) {
      siren.start(Duration.ofSeconds(5), "rule");
      assertThat(events.next()).isEqualTo("failed: no loudspeaker 'hw:7'; found: hw:0");
    }
    assertThat(events.rest()).isEmpty();
  }

  @Test
  void aStuckLoudspeakerDoesNotSilenceTheNextAlert() throws InterruptedException {
    MemoryOutput output = new MemoryOutput(1);
    try (SirenPlayer siren = player(output)) {
      siren.start(Duration.ofSeconds(5), "first");
      assertThat(output.awaitBlocked()).isTrue();
      nanoTime.addAndGet(Duration.ofSeconds(16).toNanos());
      assertThat(siren.start(Duration.ofSeconds(5), "second")).isTrue();
      assertThat(events.next()).isEqualTo("on: first");
      assertThat(events.next()).isEqualTo("off: the loudspeaker is stuck");
      assertThat(events.next()).isEqualTo("on: second");
    }
  }

  @Test
  void nothingSoundsAfterClose() {
    MemoryOutput output = new MemoryOutput();
    SirenPlayer siren = player(output);
    siren.close();
    assertThat(siren.start(Duration.ofSeconds(5), "rule")).isFalse();
    assertThat(output.heard()).isEmpty();
  }

  @Test
  void refusesATimeThatIsNone() {
    try (SirenPlayer siren = player(new MemoryOutput())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> siren.start(Duration.ZERO, "phone"))
          .withMessage("siren for 0 ms");
    }
  }
}
