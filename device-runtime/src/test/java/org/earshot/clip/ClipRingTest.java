package org.earshot.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClipRingTest {
  @Test
  void holdsNothingBeforeTheFirstPush() {
    ClipRing ring = new ClipRing(100);
    assertThat(ring.firstSample()).isZero();
    assertThat(ring.endSample()).isZero();
    assertThat(ring.holds(0, 1)).isFalse();
  }

  @Test
  void beginsWhereTheStreamBegins() {
    ClipRing ring = new ClipRing(100);
    ring.push(NumberedStream.block(1_000, 10), 0, 10, 1_000);
    assertThat(ring.firstSample()).isEqualTo(1_000);
    assertThat(ring.endSample()).isEqualTo(1_010);
    assertThat(ring.gapSamples(1_000, 1_010)).isZero();
  }

  @Test
  void forgetsTheOldestSamplesOnly() {
    ClipRing ring = new ClipRing(100);
    for (long at = 0; at < 250; at += 25) {
      ring.push(NumberedStream.block(at, 25), 0, 25, at);
    }
    assertThat(ring.firstSample()).isEqualTo(150);
    assertThat(ring.copy(150, 250)).isEqualTo(NumberedStream.samples(150, 250));
    assertThat(ring.holds(149, 250)).isFalse();
    assertThat(ring.holds(150, 251)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.copy(149, 250))
        .withMessage("samples 149 to 250 of a ring that holds 150 to 250");
  }

  @Test
  void aBlockLongerThanTheRingLeavesItsEnd() {
    ClipRing ring = new ClipRing(100);
    ring.push(NumberedStream.block(0, 345), 0, 345, 0);
    assertThat(ring.copy(245, 345)).isEqualTo(NumberedStream.samples(245, 345));
  }

  @Test
  void aGapIsSilenceAndIsTold() {
    ClipRing ring = new ClipRing(100);
    ring.push(NumberedStream.block(0, 50), 0, 50, 0);
    ring.push(NumberedStream.block(70, 10), 0, 10, 70);
    assertThat(ring.copy(50, 70)).containsOnly((short) 0);
    assertThat(ring.copy(70, 80)).isEqualTo(NumberedStream.samples(70, 80));
    assertThat(ring.gapSamples(0, 80)).isEqualTo(20);
    assertThat(ring.gapSamples(60, 75)).isEqualTo(10);
    assertThat(ring.gapSamples(0, 50)).isZero();
  }

  @Test
  void aGapLongerThanTheRingFillsIt() {
    ClipRing ring = new ClipRing(100);
    ring.push(NumberedStream.block(0, 100), 0, 100, 0);
    ring.skipTo(1_000_000_000_000L);
    assertThat(ring.gapSamples(ring.firstSample(), ring.endSample())).isEqualTo(100);
    ring.push(NumberedStream.block(1_000_000_000_000L, 30), 0, 30, 1_000_000_000_000L);
    assertThat(ring.gapSamples(ring.firstSample(), ring.endSample())).isEqualTo(70);
  }

  @Test
  void refusesOlderSamples() {
    ClipRing ring = new ClipRing(100);
    ring.push(new float[10], 0, 10, 50);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.push(new float[10], 0, 10, 59))
        .withMessage("samples from 59 on, but the ring has heard up to 60");
  }

  @Test
  void anySplitAndAnyGapGiveTheSameSamples() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int capacity = 1 + random.nextInt(300);
      ClipRing ring = new ClipRing(capacity);
      boolean[] heard = new boolean[3_000];
      short[] wanted = new short[3_000];
      int at = 0;
      while (at < 2_500) {
        if (random.nextInt(4) == 0) {
          at += random.nextInt(400);
        }
        int length = random.nextInt(Math.min(400, wanted.length - at) + 1);
        ring.push(NumberedStream.block(at, length), 0, length, at);
        for (int i = at; i < at + length; i++) {
          heard[i] = true;
          wanted[i] = NumberedStream.at(i);
        }
        at += length;
        int end = (int) ring.endSample();
        int first = (int) ring.firstSample();
        int from = first + random.nextInt(end - first + 1);
        int to = from + random.nextInt(end - from + 1);
        int missing = 0;
        for (int i = from; i < to; i++) {
          missing += heard[i] ? 0 : 1;
        }
        assertThat(ring.copy(from, to))
            .as("seed %d", seed)
            .isEqualTo(java.util.Arrays.copyOfRange(wanted, from, to));
        assertThat(ring.gapSamples(from, to)).as("seed %d", seed).isEqualTo(missing);
      }
    }
  }

  @Test
  void aPushAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ClipRing ring = new ClipRing(5_000);
    float[] block = new float[160];
    long at = pushMany(ring, block, 0);
    long before = threads.getCurrentThreadAllocatedBytes();
    pushMany(ring, block, at);
    // the measurement itself takes a few hundred bytes; one byte a push would be 20,000
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_096);
  }

  private static long pushMany(ClipRing ring, float[] block, long startSample) {
    long at = startSample;
    for (int i = 0; i < 20_000; i++) {
      at += i % 100 == 0 ? 50 : 0;
      ring.push(block, 0, block.length, at);
      at += block.length;
    }
    return at;
  }
}
