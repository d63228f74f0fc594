package org.earshot.audio.capture;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sees that the stream which is open gives samples, and closes it when it does not.
 *
 * <p>The capture thread says what it does; another thread calls {@link #check} now and then, for a
 * thread that waits in a driver cannot see that it waits too long. {@link #progress} is on the path
 * of a block and neither locks nor allocates.
 */
final class StreamWatch {
  private final CaptureSource source;
  private final ProblemStates problems;
  private final long stuckNanos;

  private volatile long progressNanos;
  private CaptureSource.Stream stream; // guarded by this, as all below
  private boolean watching;
  private boolean reported;
  private boolean closedHere;
  private boolean shut;

  StreamWatch(CaptureSource source, ProblemStates problems, long stuckNanos) {
    this.source = source;
    this.problems = problems;
    this.stuckNanos = stuckNanos;
  }

  /** Capture thread: about to open the source. Returns false when it must not any more. */
  synchronized boolean opening(long nowNanos) {
    progressNanos = nowNanos;
    stream = null;
    watching = !shut && !source.isFinite();
    reported = false;
    closedHere = false;
    return !shut;
  }

  /** Capture thread: it is open. Returns false when it must be closed at once. */
  synchronized boolean opened(CaptureSource.Stream open, long nowNanos) {
    progressNanos = nowNanos;
    stream = open;
    return !shut;
  }

  /** Capture thread: samples came. */
  void progress(long nowNanos) {
    progressNanos = nowNanos;
  }

  /** Capture thread: done with the stream. */
  synchronized void released() {
    watching = false;
    stream = null;
  }

  /** Capture thread: whether it was closed here, because it was stuck. */
  synchronized boolean closedAsStuck() {
    return closedHere;
  }

  synchronized boolean isShut() {
    return shut;
  }

  /** Any thread: no more streams; the open one is closed. */
  void shut() {
    CaptureSource.Stream open;
    synchronized (this) {
      shut = true;
      watching = false;
      open = stream;
    }
    close(open);
  }

  /** Watching thread: is it stuck? */
  void check(long nowNanos) {
    CaptureSource.Stream open;
    long waitedNanos;
    synchronized (this) {
      waitedNanos = nowNanos - progressNanos;
      if (!watching || waitedNanos < stuckNanos || (reported && stream == null)) {
        return;
      }
      reported = true;
      open = stream;
      closedHere = open != null;
      watching = open == null; // a driver that hangs in opening may still come back
    }
    // outside of the lock: a listener may close the capture, and a driver may hang in closing
    problems.begin(CaptureProblem.STUCK, detail(open != null, waitedNanos));
    close(open);
  }

  private String detail(boolean opened, long waitedNanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(waitedNanos);
    return opened
        ? source.name() + ": no samples for " + seconds + " s; it is opened again"
        : source.name()
            + ": cannot be opened within "
            + seconds
            + " s; unplug it and plug it in again, or restart";
  }

  private static void close(CaptureSource.Stream open) {
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException | RuntimeException e) {
      // the stream is given up anyway, and its reader is told by its own exception
    }
  }
}
