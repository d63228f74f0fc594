package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything that happens to a microphone, without one and without waiting. */
final class CaptureLoopTest {
  private static final int SECOND = 16_000;

  private final LoopBench bench = new LoopBench(CaptureSettings.defaults());

  @Test
  void givesSamplesInOrderFromIndexZero() {
    bench.source.opening().gives(2 * SECOND);
    bench.run();
    assertThat(bench.takenSamples()).isEqualTo(2 * SECOND);
    for (LoopBench.Piece piece : bench.taken) {
      assertThat(piece.gapSamples()).isZero();
      assertThat(piece.samples()[0]).isEqualTo((float) piece.startSample());
    }
    assertThat(bench.loop.captured()).isEqualTo(2 * SECOND);
    assertThat(bench.loop.openings()).isEqualTo(1);
    assertThat(bench.loop.format()).isEqualTo("as scripted");
  }

  @Test
  void absentDeviceIsToldOnceAndClearsWithItsFirstSample() {
    bench.source.refuses(3, "no capture device 'hw:1'; found: none").opening().gives(SECOND);
    bench.source.runs(
        () ->
            assertThat(bench.problems.changes())
                .containsExactly("DEVICE_ABSENT", "no DEVICE_ABSENT"));
    bench.run();
    assertThat(bench.problems.details().get(0))
        .isEqualTo("microphone test: no capture device 'hw:1'; found: none");
    assertThat(bench.taken.get(0).startSample()).isZero();
    assertThat(bench.taken.get(0).gapSamples()).as("there was no time before the first").isZero();
    assertThat(bench.clock.sleptMillis()).startsWith(500L, 1_000L, 2_000L);
  }

  @Test
  void programThatEndsAtOnceIsAnAbsentDeviceToo() {
    bench.source.opening().fails("'arecord' ended with code 1: No such device");
    bench.run();
    assertThat(bench.problems.changes()).containsExactly("DEVICE_ABSENT");
  }

  @Test
  void waitsDoubleUpToTenSeconds() {
    bench.source.refuses(8, "busy");
    bench.run();
    assertThat(bench.clock.sleptMillis())
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L, 10_000L);
  }

  @Test
  void waitsBeginAnewOnlyAfterTenSecondsOfSound() {
    bench
        .source
        .refuses(2, "busy")
        .opening()
        .gives(10 * SECOND - 1)
        .fails("unplugged")
        .opening()
        .gives(10 * SECOND)
        .fails("unplugged")
        .opening();
    bench.run();
    assertThat(bench.clock.sleptMillis()).containsExactly(500L, 1_000L, 2_000L, 500L, 1_000L);
  }

  @Test
  void lostDeviceLeavesAGapOfTheTimeItWasAway() {
    bench.source.opening().gives(2 * SECOND).fails("unplugged").refuses(1, "no capture device");
    bench.source.opening().waitsMillis(28_500).gives(SECOND).runs(bench::drain);
    bench.run();
    // waits of 0.5 s and 1 s and the 28.5 s that the new stream took to speak
    LoopBench.Piece after = bench.taken.get(1);
    assertThat(after.gapSamples()).isEqualTo(30 * SECOND);
    assertThat(after.startSample()).isEqualTo(32 * SECOND);
    assertThat(after.samples()[0]).isEqualTo(2 * SECOND);
    assertThat(bench.loop.gaps()).isEqualTo(30 * SECOND);
    assertThat(bench.problems.changes())
        .startsWith("DEVICE_LOST", "no DEVICE_LOST")
        .as("told once each time")
        .hasSize(3);
    assertThat(bench.problems.details().get(0)).isEqualTo("microphone test: unplugged");
  }

  @Test
  void severalGapsKeepTheirPlaces() {
    for (int i = 0; i < 4; i++) {
      bench.source.opening().gives(1_000).fails("unplugged");
    }
    bench.run();
    assertThat(bench.taken).hasSize(4);
    long[] waitsMillis = {0, 500, 1_000, 2_000};
    long expected = 0;
    for (int i = 0; i < 4; i++) {
      expected += waitsMillis[i] * 16;
      assertThat(bench.taken.get(i).gapSamples()).isEqualTo(waitsMillis[i] * 16);
      assertThat(bench.taken.get(i).startSample()).isEqualTo(expected);
      assertThat(bench.taken.get(i).samples()[0]).isEqualTo(i * 1_000);
      expected += 1_000;
    }
  }

  @Test
  void endOfALiveSourceIsALoss() {
    bench.source.opening().gives(SECOND).ends().opening().gives(SECOND);
    bench.run();
    assertThat(bench.problems.changes()).startsWith("DEVICE_LOST", "no DEVICE_LOST");
    assertThat(bench.problems.details().get(0)).endsWith("ended");
  }

  @Test
  void streamWithoutSamplesIsClosedToldOnceAndClears() {
    bench.source.opening().gives(SECOND).then(bench.nothingForSeconds(60));
    bench.source.opening().then(bench.nothingForSeconds(60));
    bench.source.opening().then(bench.nothingForSeconds(9)).gives(SECOND);
    bench.source.runs(
        () -> assertThat(bench.problems.changes()).containsExactly("STUCK", "no STUCK"));
    bench.run();
    assertThat(bench.problems.details().get(0))
        .isEqualTo("microphone test: no samples for 10 s; it is opened again");
    // 10 s and 10 s until it was closed, waits of 0.5 s and 1 s, and 9 s in the third stream
    assertThat(bench.taken.get(1).gapSamples()).isEqualTo((long) (30.5 * SECOND));
  }

  @Test
  void streamThatPausesForLessIsLeftAlone() {
    bench.source.opening().gives(SECOND).then(bench.nothingForSeconds(9)).gives(SECOND);
    bench.source.runs(() -> assertThat(bench.problems.changes()).isEmpty());
    bench.run();
    assertThat(bench.loop.openings()).isEqualTo(1);
  }

  @Test
  void openingThatHangsIsToldOnceAndClears() {
    bench.watch.opening(bench.clock.nanoTime());
    for (int i = 0; i < 30; i++) {
      bench.clock.advanceMillis(1_000);
      bench.watch.check(bench.clock.nanoTime());
    }
    assertThat(bench.problems.changes()).containsExactly("STUCK");
    assertThat(bench.problems.details().get(0)).contains("cannot be opened within 10 s");
    bench.source.opening().gives(SECOND);
    bench.source.runs(
        () -> assertThat(bench.problems.changes()).containsExactly("STUCK", "no STUCK"));
    bench.run();
  }

  @Test
  void equalSamplesForThirtySecondsAreSilenceUntilOneDiffers() {
    bench.source.opening().gives(SECOND);
    bench.givesAndTakes(29, 0);
    bench.source.gives(SECOND - 800, 0);
    bench.source.runs(() -> assertThat(bench.problems.changes()).isEmpty());
    bench.source.gives(800, 0);
    bench.source.runs(() -> assertThat(bench.problems.changes()).containsExactly("SILENT"));
    bench.givesAndTakes(5, 0);
    bench.source.runs(() -> assertThat(bench.problems.changes()).containsExactly("SILENT"));
    bench.source.gives(1, 1e-4f);
    bench.source.runs(
        () -> assertThat(bench.problems.changes()).containsExactly("SILENT", "no SILENT"));
    bench.run();
    assertThat(bench.problems.details().get(0)).contains("all samples were equal for 30.0 s");
  }

  @Test
  void constantOffsetIsSilenceButTheLastBitOfAMicrophoneIsNot() {
    bench.source.opening();
    bench.givesAndTakes(31, 0.25f);
    for (int i = 0; i < 31; i++) {
      bench.givesAndTakes(1, i % 2 / 32_768f);
    }
    bench.source.runs(
        () -> assertThat(bench.problems.changes()).containsExactly("SILENT", "no SILENT"));
    bench.run();
  }

  @Test
  void silenceOutlastsAReplug() {
    bench.source.opening();
    bench.givesAndTakes(31, 0);
    bench.source.fails("unplugged").opening().gives(SECOND, 0);
    bench.source.runs(
        () ->
            assertThat(bench.problems.changes())
                .as("it is as muted as before")
                .containsExactly("SILENT", "DEVICE_LOST", "no DEVICE_LOST"));
    bench.run();
  }

  @Test
  void fullRingDropsCountsAndKeepsTime() {
    LoopBench small = new LoopBench(CaptureSettings.defaults().withRingMillis(1_000));
    int capacity = small.ring.capacity();
    small.source.opening().gives(capacity + 3_200);
    small.source.runs(() -> assertThat(small.problems.changes()).containsExactly("OVERRUN"));
    small.source.runs(small::drain).gives(SECOND / 2).runs(small::drain);
    small.run();
    assertThat(small.loop.dropped()).isEqualTo(3_200);
    assertThat(small.loop.captured()).isEqualTo(capacity + 3_200 + SECOND / 2);
    LoopBench.Piece after = small.taken.get(1);
    assertThat(after.gapSamples()).isEqualTo(3_200);
    assertThat(after.startSample()).isEqualTo(capacity + 3_200);
    assertThat(after.samples()[0]).isEqualTo((float) after.startSample());
    assertThat(small.problems.details().get(0)).contains("too slow or too busy");
  }

  @Test
  void afterAnOverrunItWaitsForHalfOfTheRing() throws InterruptedException {
    LoopBench small = new LoopBench(CaptureSettings.defaults().withRingMillis(1_000));
    int capacity = small.ring.capacity();
    CaptureBlock quarter = new CaptureBlock(capacity / 4);
    Runnable takeQuarter =
        () -> {
          try {
            small.ring.read(quarter, 0);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    small.source.opening().gives(capacity + 800).runs(takeQuarter).gives(800);
    small.source.runs(() -> assertThat(small.loop.dropped()).isEqualTo(1_600));
    small.source.runs(takeQuarter).gives(800);
    small.run();
    assertThat(small.loop.dropped()).isEqualTo(1_600);
    assertThat(small.taken.get(small.taken.size() - 1).gapSamples()).isEqualTo(1_600);
  }

  @Test
  void overrunIsOverThirtySecondsAfterTheLastLoss() {
    bench.source.opening().gives(SECOND).loses(160);
    bench.givesAndTakes(29, 0.5f);
    bench.source.loses(320);
    bench.givesAndTakes(30, Float.NaN);
    bench.source.runs(() -> assertThat(bench.problems.changes()).containsExactly("OVERRUN"));
    bench.givesAndTakes(1, 0.5f);
    bench.source.runs(
        () -> assertThat(bench.problems.changes()).containsExactly("OVERRUN", "no OVERRUN"));
    bench.run();
    assertThat(bench.loop.lost()).isEqualTo(480);
    assertThat(bench.loop.gaps()).isEqualTo(480);
    assertThat(bench.loop.dropped()).isZero();
  }

  @Test
  void whatTheDriverLostIsAGap() {
    bench.source.opening().gives(SECOND).loses(160).gives(SECOND);
    bench.run();
    assertThat(bench.taken.get(1).gapSamples()).isEqualTo(160);
    assertThat(bench.taken.get(1).startSample()).isEqualTo(SECOND + 160);
    assertThat(bench.problems.details().get(0)).contains("lost in the driver");
  }

  @Test
  void streamThatFallsBehindTheClockHasLostSamples() {
    bench.source.opening();
    for (int i = 0; i < 25; i++) {
      bench.source.gives(SECOND).runs(bench::drain);
    }
    bench.source.waitsMillis(400); // of which the driver says nothing
    bench.source.runs(() -> assertThat(bench.problems.changes()).isEmpty());
    for (int i = 0; i < 25; i++) {
      bench.source.gives(SECOND).runs(bench::drain);
    }
    bench.source.runs(() -> assertThat(bench.problems.changes()).containsExactly("OVERRUN"));
    bench.run();
    assertThat(bench.loop.lost()).isEqualTo(6_400);
    assertThat(bench.loop.gaps()).as("nobody knows where").isZero();
  }

  @Test
  void finiteSourceIsWholeAndItsFailureEndsIt() {
    bench.source.finite().opening().gives(2 * SECOND, 0).fails("kitchen.wav: damaged");
    bench.run();
    assertThat(bench.takenSamples()).isEqualTo(2 * SECOND);
    assertThat(bench.loop.failure()).hasMessage("microphone test: kitchen.wav: damaged");
    assertThat(bench.problems.changes()).isEmpty();
    assertThat(bench.clock.sleptMillis()).isEmpty();
  }

  @Test
  void finiteSourceEndsWithoutFailure() {
    bench.source.finite().opening().gives(SECOND).ends();
    bench.run();
    assertThat(bench.loop.failure()).isNull();
    assertThat(bench.takenSamples()).isEqualTo(SECOND);
  }

  @Test
  void mistakeInASourceDoesNotEndCapture() {
    bench.source.opening().gives(SECOND);
    bench.source.runs(
        () -> {
          throw new IllegalStateException("a mistake");
        });
    bench.source.opening().gives(SECOND);
    bench.run();
    assertThat(bench.takenSamples()).isEqualTo(2 * SECOND);
    assertThat(bench.problems.details().get(0)).contains("a mistake");
  }

  @Test
  void mistakeInAListenerDoesNotEndCapture() {
    LoopBench unlucky =
        new LoopBench(
            CaptureSettings.defaults(),
            new CaptureListener() {
              @Override
              public void problem(CaptureProblem problem, String detail) {
                throw new IllegalStateException("a mistake");
              }

              @Override
              public void cleared(CaptureProblem problem) {
                throw new IllegalStateException("another");
              }
            });
    unlucky.source.refuses(1, "busy").opening().gives(SECOND);
    unlucky.run();
    assertThat(unlucky.takenSamples()).isEqualTo(SECOND);
  }

  @Test
  void levelFallsToItsFloorWhenTheDeviceIsGone() {
    bench.source.opening().gives(SECOND, 0.5f);
    bench.source.runs(() -> assertThat(bench.meter.peakDbfs()).isBetween(-6.03f, -6.01f));
    bench.source.fails("unplugged");
    bench.run();
    assertThat(bench.meter.level())
        .isEqualTo(new LevelMeter.Level(LevelMeter.FLOOR_DBFS, LevelMeter.FLOOR_DBFS));
  }

  @Test
  void blocksAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[2];
    CaptureBlock block = new CaptureBlock(800);
    int[] blocks = {0};
    bench.source.opening();
    bench.source.then(
        new ScriptedSource.Step() {
          @Override
          public int read(
              ScriptedSource.ScriptedStream stream, float[] buffer, int offset, int length)
              throws IOException {
            if (blocks[0] == 1_000 || blocks[0] == 11_000) {
              allocated[blocks[0] / 11_000] = threads.getCurrentThreadAllocatedBytes();
            }
            if (++blocks[0] > 11_000) {
              throw new IOException("unplugged");
            }
            try {
              bench.ring.read(block, 0);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            buffer[offset] = blocks[0]; // no silence
            bench.clock.advanceMillis(50);
            stream.again(this); // ArrayDeque: no node
            return length;
          }
        });
    bench.run();
    assertThat(blocks[0]).isEqualTo(11_001);
    assertThat(allocated[1] - allocated[0])
        .as("bytes for 10000 blocks, through the ring and out of it")
        .isLessThan(1_000); // the measuring itself, and what a compiler's safepoint may leave
  }

  @Test
  void problemsAreWhatTheyAreNow() {
    bench.source.refuses(1, "busy").opening();
    bench.source.runs(
        () -> assertThat(bench.states.all()).containsExactly(CaptureProblem.DEVICE_ABSENT));
    bench
        .source
        .gives(SECOND)
        .runs(() -> assertThat(bench.states.all()).isEqualTo(java.util.Set.of()));
    bench.run();
    assertThat(List.copyOf(bench.states.all())).containsExactly(CaptureProblem.DEVICE_LOST);
  }
}
