package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void steadyStreamLosesNothing() {
    assertThat(play(600, 1.0, 0, 0)).isZero();
  }

  @Test
  void jitterOfUpToASecondIsNoLoss() {
    assertThat(play(600, 1.0, 0, SECOND)).isZero();
  }

  @Test
  void clocksThatDifferByAThousandthAreNoLoss() {
    assertThat(play(3_600, 1.001, 0, 0)).isZero();
    assertThat(play(3_600, 0.999, 0, 0)).isZero();
  }

  @Test
  void halfASecondThatIsMissingIsFound() {
    assertThat(play(60, 1.0, SECOND / 2, 0)).isEqualTo(8_000);
  }

  @Test
  void oneInAHundredThatIsMissingIsFoundSoonerOrLater() {
    assertThat(play(600, 1.01, 0, 0)).isBetween(40_000L, 100_000L); // of 96000
  }

  /** Returns the samples found lost in a stream of blocks of 50 ms. */
  private static long play(int seconds, double slowness, long pauseNanos, long jitterNanos) {
    long seed = System.nanoTime();
    System.out.println("ArrivalsTest seed " + seed);
    Random random = new Random(seed);
    long start = 77 * SECOND;
    Arrivals arrivals = new Arrivals(start);
    long lost = 0;
    for (int block = 0; block < 20 * seconds; block++) {
      long pause = block >= 10 * seconds ? pauseNanos : 0;
      // jitter comes and goes; some blocks of any ten seconds are on time
      long late = random.nextInt(10) == 0 ? 0 : (long) (random.nextDouble() * jitterNanos);
      lost += arrivals.add(start + (long) (block * 0.05 * slowness * SECOND) + pause + late, 800);
    }
    return lost;
  }
}
