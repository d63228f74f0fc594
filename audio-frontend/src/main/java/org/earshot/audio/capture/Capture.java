package org.earshot.audio.capture;

import java.io.Closeable;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Listens to one source for as long as it is wanted: opens it again when it fails, counts the time
 * that was missed, and says what is wrong (docs/capture.md).
 *
 * <p>Contract: samples come out in order, in blocks; after a gap the sample index jumps by what is
 * missing. A live source never waits for the consumer: when the ring is full samples are dropped,
 * counted and reported. A finite source waits, and is delivered complete, bit for bit.
 *
 * <p>Threads: {@code capture-NAME} reads the source, {@code watch-NAME} (live sources only) sees
 * when it is stuck; both are daemons. {@link #take} is for one consuming thread; everything else is
 * for any. Captures share nothing. After warm-up a block allocates nothing in either thread.
 */
public final class Capture implements Closeable {
  private static final long CLOSE_WAIT_MILLIS = 5_000;
  private static final int CHECKS_PER_STUCK_TIME = 8;

  private final CaptureSource source;
  private final CaptureSettings settings;
  private final CaptureClock clock;
  private final SampleRing ring;
  private final ProblemStates problems;
  private final StreamWatch watch;
  private final LevelMeter meter = new LevelMeter();
  private final CaptureLoop loop;
  private final Thread capturing;
  private final Thread watching;

  /** With default settings and real time. */
  public Capture(String name, CaptureSource source, CaptureListener listener) {
    this(name, source, listener, CaptureSettings.defaults(), CaptureClock.system());
  }

  /**
   * Makes ready; {@link #start} begins.
   *
   * @param name of the microphone in logs and thread names: "kitchen"
   */
  public Capture(
      String name,
      CaptureSource source,
      CaptureListener listener,
      CaptureSettings settings,
      CaptureClock clock) {
    Objects.requireNonNull(name, "name");
    this.source = Objects.requireNonNull(source, "source");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.clock = Objects.requireNonNull(clock, "clock");
    ring = new SampleRing((int) CaptureTime.millisToSamples(settings.ringMillis()));
    problems = new ProblemStates(name, Objects.requireNonNull(listener, "listener"));
    watch = new StreamWatch(source, problems, settings.stuckMillis() * CaptureTime.NANOS_PER_MILLI);
    loop = new CaptureLoop(name, source, settings, clock, ring, problems, watch, meter);
    capturing = new Thread(loop, "capture-" + name);
    capturing.setDaemon(true);
    watching = new Thread(this::watch, "watch-" + name);
    watching.setDaemon(true);
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalThreadStateException when called twice
   */
  public void start() {
    capturing.start();
    if (!source.isFinite()) {
      watching.start();
    }
  }

  /**
   * Waits for samples and puts them into {@code block}: as many as there are and it holds.
   *
   * @return false when a finite source has ended and all was taken, or after {@link #close}
   */
  public boolean take(CaptureBlock block) throws InterruptedException {
    return ring.read(block, Long.MAX_VALUE);
  }

  /**
   * As {@link #take(CaptureBlock)}, but waits at most {@code timeoutNanos}; then the length is 0
   * and the answer true.
   */
  public boolean take(CaptureBlock block, long timeoutNanos) throws InterruptedException {
    return ring.read(block, timeoutNanos);
  }

  /** Returns the meter of what comes in; at its floor while nothing does. */
  public LevelMeter level() {
    return meter;
  }

  /** Returns the problems that there are now. */
  public Set<CaptureProblem> problems() {
    return problems.all();
  }

  /** Returns why a finite source ended early, in one line; empty when it did not. */
  public Optional<String> failure() {
    return Optional.ofNullable(loop.failure()).map(Throwable::getMessage);
  }

  /** Returns what the device last delivered, for people; empty before it was opened. */
  public String format() {
    return loop.format();
  }

  /** Returns how many samples the source gave, dropped ones included. */
  public long capturedSamples() {
    return loop.captured();
  }

  /** Returns how many samples were dropped because the ring was full. */
  public long droppedSamples() {
    return loop.dropped();
  }

  /** Returns how many samples are known to have been lost before they came here. */
  public long lostSamples() {
    return loop.lost();
  }

  /** Returns by how many samples the index has jumped, or will with the next block. */
  public long gapSamples() {
    return loop.gaps();
  }

  /** Returns how often the source was opened again after it had once been opened. */
  public int reopens() {
    return Math.max(0, loop.openings() - 1);
  }

  /**
   * Ends it all, and returns when the capture thread has, or after five seconds when a driver
   * hangs. Idempotent; may be called by a listener.
   */
  @Override
  public void close() {
    watch.shut();
    ring.abandon();
    watching.interrupt();
    capturing.interrupt();
    if (Thread.currentThread() == capturing || Thread.currentThread() == watching) {
      return;
    }
    try {
      capturing.join(CLOSE_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    long periodNanos = settings.stuckMillis() * CaptureTime.NANOS_PER_MILLI / CHECKS_PER_STUCK_TIME;
    try {
      while (!watch.isShut()) {
        clock.sleep(periodNanos);
        watch.check(clock.nanoTime());
      }
    } catch (InterruptedException e) {
      // close() wants it to end
    }
  }
}
