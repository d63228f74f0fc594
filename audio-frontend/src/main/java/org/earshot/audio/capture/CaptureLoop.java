package org.earshot.audio.capture;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the capture thread does: opens the source, moves its samples into the ring, and starts again
 * when it fails, until the source has ended or the watch was shut.
 *
 * <p>The path of a block does not lock, allocate or log; all that does happens when a state
 * changes.
 */
final class CaptureLoop implements Runnable {
  /** 50 ms: what a block of the ring is written in. */
  static final int BLOCK_SAMPLES = 800;

  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

  private final String microphone;
  private final CaptureSource source;
  private final CaptureSettings settings;
  private final CaptureClock clock;
  private final SampleRing ring;
  private final ProblemStates problems;
  private final StreamWatch watch;
  private final LevelMeter meter;
  private final EqualSamples equal = new EqualSamples();
  private final long silentSamples;
  private final float[] block = new float[BLOCK_SAMPLES];

  private long gapBefore; // samples missing before the next that is written
  private boolean dropping; // the ring was full and is not yet half empty
  private long lastArrivalNanos; // of the last block; of no meaning before the first
  private long lastLossNanos;
  private long nextRetryMillis;

  private final AtomicLong captured = new AtomicLong(); // samples
  private final AtomicLong dropped = new AtomicLong(); // samples
  private final AtomicLong lost = new AtomicLong(); // samples
  private final AtomicLong gaps = new AtomicLong(); // samples
  private final AtomicInteger openings = new AtomicInteger();
  private volatile String format = "";
  private volatile IOException failure;

  CaptureLoop(
      String microphone,
      CaptureSource source,
      CaptureSettings settings,
      CaptureClock clock,
      SampleRing ring,
      ProblemStates problems,
      StreamWatch watch,
      LevelMeter meter) {
    this.microphone = microphone;
    this.source = source;
    this.settings = settings;
    this.clock = clock;
    this.ring = ring;
    this.problems = problems;
    this.watch = watch;
    this.meter = meter;
    this.silentSamples = CaptureTime.millisToSamples(settings.silentMillis());
    this.nextRetryMillis = settings.firstRetryMillis();
  }

  long captured() {
    return captured.get();
  }

  long dropped() {
    return dropped.get();
  }

  long lost() {
    return lost.get();
  }

  long gaps() {
    return gaps.get();
  }

  int openings() {
    return openings.get();
  }

  String format() {
    return format;
  }

  IOException failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      while (listen()) {
        long waitMillis = nextRetryMillis;
        nextRetryMillis = Math.min(2 * waitMillis, settings.lastRetryMillis());
        clock.sleep(waitMillis * CaptureTime.NANOS_PER_MILLI);
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: told to stop", microphone);
    } catch (RuntimeException | Error e) {
      failure = new IOException(source.name() + ": " + e, e);
      LOG.error("{}: the capture thread failed", microphone, e);
      throw e;
    } finally {
      ring.end();
    }
  }

  /** Opens the source once and reads it to its end. Returns whether to open it again. */
  private boolean listen() throws InterruptedException {
    if (!watch.opening(clock.nanoTime())) {
      return false;
    }
    CaptureSource.Stream stream = null;
    try {
      stream = source.open();
      openings.incrementAndGet();
      if (!watch.opened(stream, clock.nanoTime())) {
        return false;
      }
      format = stream.format();
      LOG.info("{}: listening to {}, {}", microphone, source.name(), format);
      pump(stream);
      if (source.isFinite()) {
        return false;
      }
      return retryAfter(new IOException("ended"));
    } catch (IOException | RuntimeException e) {
      return retryAfter(e);
    } finally {
      watch.released();
      meter.reset();
      close(stream);
    }
  }

  private void pump(CaptureSource.Stream stream) throws IOException, InterruptedException {
    boolean finite = source.isFinite();
    Arrivals arrivals = null;
    long heardNanos = 0;
    for (int n = stream.read(block, 0, BLOCK_SAMPLES);
        n >= 0;
        n = stream.read(block, 0, BLOCK_SAMPLES)) {
      if (finite) {
        captured.addAndGet(n);
        meter.add(block, 0, n);
        ring.writeAll(block, 0, n);
        continue;
      }
      long nowNanos = clock.nanoTime();
      watch.progress(nowNanos);
      if (arrivals == null) {
        arrivals = new Arrivals(nowNanos);
        missBeforeFirst(nowNanos, n);
      }
      clear(nowNanos);
      missWithin(stream.lostSamples(), arrivals, nowNanos, n);
      lastArrivalNanos = nowNanos;
      captured.addAndGet(n);
      meter.add(block, 0, n);
      checkSilence(n);
      offer(n, nowNanos);
      heardNanos += n * CaptureTime.NANOS_PER_SAMPLE;
      if (heardNanos >= settings.lastRetryMillis() * CaptureTime.NANOS_PER_MILLI) {
        nextRetryMillis = settings.firstRetryMillis(); // not at once: it may fail again and again
      }
    }
  }

  /** What was missed while the source was away. Before its first sample there is no time. */
  private void missBeforeFirst(long nowNanos, int length) {
    if (captured.get() > 0) {
      addGap(CaptureTime.missedSamples(lastArrivalNanos, nowNanos, length));
    }
  }

  private void missWithin(long known, Arrivals arrivals, long nowNanos, int length) {
    if (known > 0) {
      addGap(known);
      lose(known, nowNanos, " of samples were lost in the driver, which was read too late");
    }
    long silent = arrivals.add(nowNanos, known + length);
    if (silent > 0) {
      // where they are missing is not known: no gap, for one in a wrong place does more harm
      lose(silent, nowNanos, " of samples were lost before they came here");
    }
  }

  private void lose(long samples, long nowNanos, String how) {
    lost.addAndGet(samples);
    lastLossNanos = nowNanos;
    if (!problems.isActive(CaptureProblem.OVERRUN)) {
      problems.begin(
          CaptureProblem.OVERRUN,
          source.name()
              + ": "
              + CaptureTime.seconds(samples)
              + how
              + "; the machine is too busy or the connection too slow");
    }
  }

  private void checkSilence(int length) {
    long count = equal.add(block, 0, length);
    if (count < silentSamples) {
      if (problems.isActive(CaptureProblem.SILENT)) {
        problems.clear(CaptureProblem.SILENT);
      }
    } else if (!problems.isActive(CaptureProblem.SILENT)) {
      problems.begin(
          CaptureProblem.SILENT,
          source.name()
              + ": all samples were equal for "
              + CaptureTime.seconds(count)
              + "; see whether it is muted, and its level (alsamixer, pavucontrol)");
    }
  }

  private void offer(int length, long nowNanos) {
    if (dropping && ring.free() < ring.capacity() / 2) {
      drop(length, nowNanos);
      return;
    }
    // from full, wait until half is free: long stretches can be used, crumbs cannot
    dropping = false;
    int accepted = ring.write(block, 0, length, gapBefore);
    if (accepted > 0) {
      gapBefore = 0;
    }
    if (accepted < length) {
      dropping = true;
      drop(length - accepted, nowNanos);
    }
  }

  private void drop(int samples, long nowNanos) {
    dropped.addAndGet(samples);
    lastLossNanos = nowNanos;
    addGap(samples);
    if (!problems.isActive(CaptureProblem.OVERRUN)) {
      problems.begin(
          CaptureProblem.OVERRUN,
          source.name()
              + ": samples are dropped, for those of the last "
              + CaptureTime.seconds(ring.capacity())
              + " were not processed yet; this machine is too slow or too busy");
    }
  }

  private void addGap(long samples) {
    gapBefore += samples;
    gaps.addAndGet(samples);
  }

  /** Samples came: what was wrong with that is over. */
  private void clear(long nowNanos) {
    if (!problems.anyActive()) {
      return;
    }
    problems.clear(CaptureProblem.DEVICE_ABSENT);
    problems.clear(CaptureProblem.DEVICE_LOST);
    problems.clear(CaptureProblem.STUCK);
    if (nowNanos - lastLossNanos >= settings.overrunClearMillis() * CaptureTime.NANOS_PER_MILLI) {
      problems.clear(CaptureProblem.OVERRUN);
    }
  }

  private boolean retryAfter(Exception e) {
    if (watch.isShut()) {
      return false;
    }
    if (watch.closedAsStuck()) {
      return true; // that it fails now is our own doing, and was told
    }
    String detail = source.name() + ": " + (e instanceof IOException ? e.getMessage() : e);
    if (source.isFinite()) {
      failure = new IOException(detail, e);
      LOG.warn("{}: {}", microphone, detail);
      return false;
    }
    if (e instanceof RuntimeException) {
      LOG.error("{}: the source failed in a way it should not", microphone, e);
    }
    problems.begin(
        captured.get() > 0 ? CaptureProblem.DEVICE_LOST : CaptureProblem.DEVICE_ABSENT, detail);
    return true;
  }

  private void close(CaptureSource.Stream stream) {
    if (stream == null) {
      return;
    }
    try {
      stream.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("{}: closing {}", microphone, source.name(), e);
    }
  }
}
