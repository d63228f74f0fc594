package org.earshot.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Map<String, String> ASKED = Map.of("WATCHDOG_USEC", "2000");

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private String next() throws InterruptedException {
    return told.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void tellsThatItIsReadyThenAliveThenStopping() throws InterruptedException {
    Watchdog watchdog = Watchdog.start(ASKED, told::add, () -> true);
    assertThat(next()).isEqualTo("READY=1");
    assertThat(next()).isEqualTo("WATCHDOG=1");
    assertThat(next()).isEqualTo("WATCHDOG=1");
    watchdog.close();
    String last = next();
    while (last.equals("WATCHDOG=1")) {
      last = next();
    }
    assertThat(last).isEqualTo("STOPPING=1");
  }

  @Test
  void aDeviceThatStandsStillGivesNoSignOfLife() throws InterruptedException {
    AtomicBoolean asked = new AtomicBoolean();
    BlockingQueue<Boolean> asks = new LinkedBlockingQueue<>();
    Watchdog watchdog =
        Watchdog.start(
            ASKED,
            told::add,
            () -> {
              asks.add(true);
              return asked.get();
            });
    try {
      assertThat(next()).isEqualTo("READY=1");
      for (int i = 0; i < 3; i++) {
        assertThat(asks.poll(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(told).isEmpty();
      asked.set(true);
      assertThat(next()).isEqualTo("WATCHDOG=1");
    } finally {
      watchdog.close();
    }
  }

  @Test
  void livesWithoutSystemd() {
    assertThat(Watchdog.intervalMillis(Map.of())).isZero();
    assertThat(Watchdog.intervalMillis(Map.of("WATCHDOG_USEC", "soon"))).isZero();
    assertThat(Watchdog.intervalMillis(Map.of("WATCHDOG_USEC", "60000000"))).isEqualTo(30_000);
    Watchdog.start(Map.of(), () -> true).close();
  }
}
