package org.earshot.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class FrameTimesTest {
  private final FrameTimes times = new FrameTimes();

  @Test
  void knowsNothingBeforeTheFirstFrame() {
    assertThat(times.quantileSeconds(0.5)).isNaN();
    times.record(0, 1_000_000);
    assertThat(times.count()).isZero();
  }

  @Test
  void quantilesAreUpperBoundsByAtMostAFifth() {
    times.record(90, 90 * 20_000L);
    times.record(9, 9 * 300_000L);
    times.record(1, 50_000_000L);

    assertThat(times.count()).isEqualTo(100);
    assertThat(times.sumSeconds()).isEqualTo(0.0545);
    assertThat(times.quantileSeconds(0.5)).isBetween(20e-6, 20e-6 * 1.2);
    assertThat(times.quantileSeconds(0.9)).isBetween(20e-6, 20e-6 * 1.2);
    assertThat(times.quantileSeconds(0.99)).isBetween(300e-6, 300e-6 * 1.2);
    assertThat(times.quantileSeconds(0.999)).isBetween(0.05, 0.05 * 1.2);
  }

  @Test
  void extremesFallIntoTheOuterBuckets() {
    times.record(1, -5);
    times.record(1, 0);
    times.record(1, Long.MAX_VALUE / 2);

    assertThat(times.quantileSeconds(0.1)).isEqualTo(1e-6);
    assertThat(times.quantileSeconds(1)).isBetween(4.0, 5.0);
  }

  @Test
  void recordingAllocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      times.record(3, i);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20_000; i++) {
      times.record(3, i);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }
}
