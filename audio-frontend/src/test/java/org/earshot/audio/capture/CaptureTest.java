package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.fixture.WavBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads around the loop, with real time and sources that wait. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class CaptureTest {
  private static final CaptureSettings QUICK =
      CaptureSettings.defaults().withRetryMillis(1, 10).withStuckAndSilentMillis(100, 30_000);

  private final RecordedProblems problems = new RecordedProblems();

  @TempDir Path folder;

  @Test
  void fastReplayWaitsForTheConsumerAndIsExact() throws Exception {
    Path file = folder.resolve("long.wav");
    Files.write(file, WavBuilder.pcm16(44_100, ramp(600_000)));
    float[] expected = AudioFiles.readAll16k(file, Integer.MAX_VALUE);
    CaptureSettings smallRing = CaptureSettings.defaults().withRingMillis(100);
    float[] heard = new float[expected.length];
    int length = 0;
    try (Capture capture =
        new Capture(
            "replay",
            ReplaySource.fast(List.of(file)),
            problems,
            smallRing,
            CaptureClock.system())) {
      capture.start();
      CaptureBlock block = new CaptureBlock(333);
      while (capture.take(block)) {
        assertThat(block.startSample).isEqualTo(length);
        System.arraycopy(block.samples, 0, heard, length, block.length);
        length += block.length;
      }
      assertThat(capture.droppedSamples()).isZero();
      assertThat(capture.gapSamples()).isZero();
      assertThat(capture.capturedSamples()).isEqualTo(expected.length);
      assertThat(capture.failure()).isEmpty();
      assertThat(capture.reopens()).isZero();
    }
    assertThat(length).isEqualTo(expected.length);
    assertThat(heard).isEqualTo(expected);
    assertThat(problems.changes()).isEmpty();
  }

  @Test
  void damagedRecordingEndsWithItsNameAndAllSamplesBefore() throws Exception {
    Path good = folder.resolve("good.wav");
    Files.write(good, WavBuilder.pcm16(16_000, ramp(5_000)));
    Path bad = Files.write(folder.resolve("bad.wav"), new byte[] {1, 2, 3});
    try (Capture capture = new Capture("replay", ReplaySource.fast(List.of(good, bad)), problems)) {
      capture.start();
      CaptureBlock block = new CaptureBlock(8_000);
      int taken = 0;
      while (capture.take(block)) {
        taken += block.length;
      }
      assertThat(taken).isEqualTo(5_000);
      assertThat(capture.failure().orElseThrow()).contains(bad.toString());
    }
  }

  @Test
  void sourceThatHangsIsClosedAndOpenedAgain() throws Exception {
    AtomicInteger openings = new AtomicInteger();
    CaptureSource source =
        waiting(
            "hanging",
            () -> openings.incrementAndGet() < 3 ? new Waiting(0) : new Waiting(Integer.MAX_VALUE));
    try (Capture capture = new Capture("attic", source, problems, QUICK, CaptureClock.system())) {
      capture.start();
      problems.await("STUCK");
      problems.await("no STUCK");
      assertThat(take(capture, 1_000)).isGreaterThanOrEqualTo(1_000);
      assertThat(capture.reopens()).isEqualTo(2);
      assertThat(problems.changes()).containsExactly("STUCK", "no STUCK");
    }
  }

  @Test
  void closingWakesWhoeverTakesAndEndsTheThreads() throws Exception {
    Waiting stream = new Waiting(0);
    Capture capture = new Capture("cellar", waiting("silent", () -> stream), problems);
    capture.start();
    CountDownLatch ended = new CountDownLatch(1);
    Thread consumer =
        new Thread(
            () -> {
              try {
                if (!capture.take(new CaptureBlock(10))) {
                  ended.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    consumer.start();
    assertThat(stream.reading.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(threads("capture-cellar", "watch-cellar")).hasSize(2);
    capture.close();
    capture.close();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stream.closed.await(60, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads("capture-cellar", "watch-cellar")) {
      thread.join();
    }
    assertThat(problems.changes()).as("it was wanted").isEmpty();
  }

  @Test
  void closingWhileTheSourceIsOpenedClosesWhatItOpens() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Waiting stream = new Waiting(0);
    CaptureSource source =
        waiting(
            "slow",
            () -> {
              opening.countDown();
              boolean interrupted = false;
              while (true) { // a driver knows nothing of interrupts
                try {
                  goOn.await();
                  break;
                } catch (InterruptedException e) {
                  interrupted = true;
                }
              }
              if (interrupted) {
                Thread.currentThread().interrupt();
              }
              return stream;
            });
    Capture capture = new Capture("slow", source, problems);
    capture.start();
    assertThat(opening.await(60, TimeUnit.SECONDS)).isTrue();
    Thread closer = new Thread(capture::close);
    closer.start();
    goOn.countDown();
    assertThat(stream.closed.await(60, TimeUnit.SECONDS)).isTrue();
    closer.join();
    assertThat(capture.take(new CaptureBlock(1))).isFalse();
  }

  @Test
  void listenerMayCloseTheCapture() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Capture[] capture = new Capture[1];
    CaptureListener closing =
        new CaptureListener() {
          @Override
          public void problem(CaptureProblem problem, String detail) {
            capture[0].close();
            told.countDown();
          }

          @Override
          public void cleared(CaptureProblem problem) {}
        };
    CaptureSource hanging = waiting("hanging", () -> new Waiting(0));
    capture[0] = new Capture("once", hanging, closing, QUICK, CaptureClock.system());
    capture[0].start();
    assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(capture[0].take(new CaptureBlock(1))).isFalse();
  }

  @Test
  void capturesInOneProcessAreIndependent() throws Exception {
    CaptureSource absent =
        waiting(
            "absent",
            () -> {
              throw new IOException("no capture device");
            });
    RecordedProblems others = new RecordedProblems();
    try (Capture broken = new Capture("a", absent, problems, QUICK, CaptureClock.system());
        Capture works =
            new Capture("b", waiting("works", () -> new Waiting(Integer.MAX_VALUE)), others)) {
      broken.start();
      works.start();
      problems.await("DEVICE_ABSENT");
      assertThat(take(works, 20_000)).isGreaterThanOrEqualTo(20_000);
      assertThat(broken.problems()).containsExactly(CaptureProblem.DEVICE_ABSENT);
      assertThat(works.problems()).doesNotContain(CaptureProblem.DEVICE_ABSENT);
      assertThat(broken.capturedSamples()).isZero();
    }
  }

  @Test
  void takingMayTimeOut() throws Exception {
    try (Capture capture = new Capture("quiet", waiting("q", () -> new Waiting(0)), problems)) {
      capture.start();
      CaptureBlock block = new CaptureBlock(10);
      assertThat(capture.take(block, 1_000)).isTrue();
      assertThat(block.length).isZero();
    }
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> CaptureSettings.defaults().withRingMillis(50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ringMillis is 50; give 100 to 60000");
    assertThatThrownBy(() -> CaptureSettings.defaults().withRetryMillis(500, 400))
        .hasMessage("lastRetryMillis is 400; give 500 or more");
  }

  private static long take(Capture capture, int samples) throws InterruptedException {
    CaptureBlock block = new CaptureBlock(4_000);
    long taken = 0;
    while (taken < samples && capture.take(block)) {
      taken += block.length;
    }
    return taken;
  }

  private static List<Thread> threads(String... names) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> List.of(names).contains(thread.getName()))
        .toList();
  }

  private static int[] ramp(int length) {
    int[] samples = new int[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (i * 7_919 % 60_000) - 30_000;
    }
    return samples;
  }

  private interface Opening {
    CaptureSource.Stream open() throws IOException;
  }

  private static CaptureSource waiting(String name, Opening opening) {
    return new CaptureSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean isFinite() {
        return false;
      }

      @Override
      public Stream open() throws IOException {
        return opening.open();
      }
    };
  }

  /** Gives so many samples and then waits until it is closed. */
  private static final class Waiting implements CaptureSource.Stream {
    final CountDownLatch reading = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private int left;

    Waiting(int samples) {
      left = samples;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
      reading.countDown();
      try {
        if (left == 0) {
          closed.await();
        }
        if (closed.await(left == 0 ? 0 : 1, TimeUnit.MILLISECONDS)) {
          throw new IOException("closed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      int n = Math.min(left, length);
      for (int i = 0; i < n; i++) {
        buffer[offset + i] = i % 2;
      }
      left -= n;
      return n;
    }

    @Override
    public String format() {
      return "waiting";
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
