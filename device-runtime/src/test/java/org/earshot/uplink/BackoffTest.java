package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SEED = 11;

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(SEED));

  @Test
  void doublesFromOneSecondToAMinuteAndVariesByAQuarter() {
    for (int round = 0; round < 200; round++) {
      for (int failures = 1; failures < 80; failures++) {
        double middle = Math.min(60, Math.pow(2, failures - 1));
        assertThat(backoff.delayNanos(failures) / (double) SECOND)
            .as("seed %d, failures %d", SEED, failures)
            .isBetween(Math.max(1, 0.75 * middle), Math.min(60, 1.25 * middle));
      }
    }
  }

  @Test
  void devicesDoNotMarch() {
    Set<Long> delays = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      delays.add(backoff.delayNanos(4));
    }
    assertThat(delays).hasSizeGreaterThan(45);
  }
}
