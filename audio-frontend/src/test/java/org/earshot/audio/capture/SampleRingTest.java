package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each sample's value is its index in time, gaps counted: what comes out proves itself. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SampleRingTest {

  @Test
  void randomSplitsAndGapsComeOutAsTheyWentIn() throws InterruptedException {
    long seed = System.nanoTime();
    System.out.println("SampleRingTest seed " + seed);
    Random random = new Random(seed);
    SampleRing ring = new SampleRing(1_000);
    CaptureBlock block = new CaptureBlock(777);
    float[] source = new float[1_500];
    long time = 0; // of the next sample to write
    long expected = 0; // of the next to read
    long gaps = 0;
    for (int round = 0; round < 20_000; round++) {
      int length = random.nextInt(source.length + 1);
      long gap = random.nextInt(3) == 0 ? random.nextInt(50) : 0;
      fill(source, length, time + gap);
      int written = ring.write(source, 0, length, gap);
      if (written > 0) {
        time += gap + written;
        gaps += gap;
      }
      for (int reads = random.nextInt(4); reads > 0; reads--) {
        assertThat(ring.read(block, 0)).isTrue();
        expected = check(block, expected);
        gaps -= block.gapSamples;
      }
      if (time > 1 << 23) { // beyond 2^24 a float is no exact index
        break;
      }
    }
    ring.end();
    while (ring.read(block, 0)) {
      expected = check(block, expected);
      gaps -= block.gapSamples;
    }
    assertThat(expected).isEqualTo(time).isPositive();
    assertThat(gaps).isZero();
  }

  @Test
  void twoThreadsLoseNothingWhicheverWaits() throws Exception {
    long seed = System.nanoTime();
    System.out.println("SampleRingTest seed " + seed);
    int total = 4_000_000;
    SampleRing ring = new SampleRing(512);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              Random random = new Random(seed);
              float[] source = new float[900];
              try {
                for (int at = 0; at < total; ) {
                  int n = Math.min(total - at, 1 + random.nextInt(source.length));
                  fill(source, n, at);
                  ring.writeAll(source, 0, n);
                  at += n;
                }
              } catch (InterruptedException | RuntimeException e) {
                failure.set(e);
              } finally {
                ring.end();
              }
            },
            "ring-writer");
    writer.start();
    Random random = new Random(seed + 1);
    CaptureBlock[] blocks = {new CaptureBlock(1), new CaptureBlock(100), new CaptureBlock(2_000)};
    long expected = 0;
    CaptureBlock block = blocks[1];
    while (ring.read(block, Long.MAX_VALUE)) {
      expected = check(block, expected);
      block = blocks[random.nextInt(100) == 0 ? 0 : 1 + random.nextInt(2)];
    }
    writer.join();
    assertThat(failure.get()).isNull();
    assertThat(expected).isEqualTo(total);
  }

  @Test
  void readerGetsWhatIsLeftAfterTheEnd() throws InterruptedException {
    SampleRing ring = new SampleRing(16);
    ring.write(new float[] {1, 2}, 0, 2, 0);
    ring.end();
    CaptureBlock block = new CaptureBlock(8);
    assertThat(ring.read(block, Long.MAX_VALUE)).isTrue();
    assertThat(block.length).isEqualTo(2);
    assertThat(ring.read(block, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void readingTimesOutWithoutSamples() throws InterruptedException {
    CaptureBlock block = new CaptureBlock(8);
    block.length = 5;
    assertThat(new SampleRing(16).read(block, 1_000)).isTrue();
    assertThat(block.length).isZero();
  }

  @Test
  void noMoreGapsThanThereAreMarks() {
    SampleRing ring = new SampleRing(1 << 12);
    float[] one = {0};
    int written = 0;
    while (ring.write(one, 0, 1, 5) == 1) {
      written++;
    }
    assertThat(written).isEqualTo(64);
    assertThat(ring.free()).isEqualTo((1 << 12) - 64);
    assertThat(ring.write(one, 0, 1, 0)).as("without a gap there is room").isEqualTo(1);
  }

  @Test
  void abandonedRingWakesBothSides() throws InterruptedException {
    SampleRing full = new SampleRing(2);
    CountDownLatch done = new CountDownLatch(2);
    Thread writer =
        new Thread(
            () -> {
              try {
                full.writeAll(new float[100], 0, 100);
                done.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    SampleRing empty = new SampleRing(2);
    Thread reader =
        new Thread(
            () -> {
              try {
                if (!empty.read(new CaptureBlock(1), Long.MAX_VALUE)) {
                  done.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    writer.start();
    reader.start();
    full.abandon();
    empty.abandon();
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void interruptionEndsWaiting() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new SampleRing(2).read(new CaptureBlock(1), Long.MAX_VALUE))
        .isInstanceOf(InterruptedException.class);
  }

  private static void fill(float[] samples, int length, long firstTime) {
    for (int i = 0; i < length; i++) {
      samples[i] = firstTime + i;
    }
  }

  /** Returns the time after the block. */
  private static long check(CaptureBlock block, long expected) {
    if (block.length == 0) {
      return expected;
    }
    if (block.startSample != expected + block.gapSamples) {
      throw new AssertionError(
          "starts at " + block.startSample + ", expected " + expected + "+" + block.gapSamples);
    }
    for (int i = 0; i < block.length; i++) {
      if (block.samples[i] != block.startSample + i) {
        throw new AssertionError(
            "sample " + (block.startSample + i) + " has the value " + block.samples[i]);
      }
    }
    return block.startSample + block.length;
  }
}
