package org.earshot.audio.capture;

import java.util.concurrent.locks.LockSupport;

/**
 * A bounded queue of samples and of the gaps between them, for one writing and one reading thread.
 *
 * <p>Neither locks: each thread owns its position and publishes it after its work on the array, and
 * parks only when there is nothing to do. Nothing is allocated after construction.
 */
final class SampleRing {
  private static final int GAPS = 64; // marks; a power of two

  private final float[] samples; // [capacity], capacity a power of two
  private final long[] gapAt = new long[GAPS]; // position of the first sample after the gap
  private final long[] gapLength = new long[GAPS]; // in samples

  // Each is written by one thread: the two "written" by the writer, the two "read" by the reader.
  private volatile long written;
  private volatile long gapsWritten;
  private volatile long read;
  private volatile long gapsRead;

  private volatile Thread waitingReader;
  private volatile Thread waitingWriter;
  private volatile boolean ended; // no more will be written
  private volatile boolean abandoned; // no more will be read

  private long nextSample; // reader's: index in time of the next sample, but for a gap before it

  /** Holds at least {@code capacity} samples. */
  SampleRing(int capacity) {
    samples = new float[Integer.highestOneBit(Math.max(2, capacity) - 1) << 1];
  }

  int capacity() {
    return samples.length;
  }

  int free() {
    return samples.length - (int) (written - read);
  }

  /**
   * Writes as many samples as there is room for. A gap is noted together with the first of them.
   *
   * @return how many, perhaps 0; the gap was noted if there was one sample at least
   */
  int write(float[] source, int offset, int length, long gapBefore) {
    int n = Math.min(length, free());
    if (n == 0 || (gapBefore > 0 && gapsWritten - gapsRead == GAPS)) {
      return 0;
    }
    long from = written;
    if (gapBefore > 0) {
      long mark = gapsWritten;
      gapAt[(int) mark & (GAPS - 1)] = from;
      gapLength[(int) mark & (GAPS - 1)] = gapBefore;
      gapsWritten = mark + 1; // before the samples: who sees them sees the gap
    }
    int start = (int) from & (samples.length - 1);
    int first = Math.min(n, samples.length - start);
    System.arraycopy(source, offset, samples, start, first);
    System.arraycopy(source, offset + first, samples, 0, n - first);
    written = from + n;
    LockSupport.unpark(waitingReader);
    return n;
  }

  /** Writes all, waiting for room; returns early when nobody reads any more. */
  void writeAll(float[] source, int offset, int length) throws InterruptedException {
    int done = 0;
    while (done < length && !abandoned) {
      int n = write(source, offset + done, length - done, 0);
      done += n;
      if (n == 0) {
        awaitRoom();
      }
    }
  }

  /** Nothing more will be written: the reader gets what is left. */
  void end() {
    ended = true;
    LockSupport.unpark(waitingReader);
  }

  /** Nothing more will be read: both threads wake. */
  void abandon() {
    abandoned = true;
    LockSupport.unpark(waitingReader);
    LockSupport.unpark(waitingWriter);
  }

  /**
   * Reads samples up to the next gap, as many as there are and the block holds.
   *
   * @param timeoutNanos how long to wait for the first, {@link Long#MAX_VALUE} for ever
   * @return false at the end; true otherwise, with a length of 0 after the timeout
   */
  boolean read(CaptureBlock block, long timeoutNanos) throws InterruptedException {
    block.length = 0;
    block.gapSamples = 0;
    block.startSample = nextSample;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (written == read && timeoutNanos > 0) {
      awaitSamples(timeoutNanos);
    }
    boolean last = ended; // looked at before the position: what was written before the end counts
    long from = read;
    long until = written;
    if (abandoned || (until == from && last)) {
      return false;
    }
    if (until == from) {
      return true;
    }
    long mark = gapsRead;
    if (mark < gapsWritten && gapAt[(int) mark & (GAPS - 1)] == from) {
      block.gapSamples = gapLength[(int) mark & (GAPS - 1)];
      mark++;
      gapsRead = mark;
    }
    if (mark < gapsWritten) {
      until = Math.min(until, gapAt[(int) mark & (GAPS - 1)]);
    }
    int n = (int) Math.min(until - from, block.samples.length);
    int start = (int) from & (samples.length - 1);
    int first = Math.min(n, samples.length - start);
    System.arraycopy(samples, start, block.samples, 0, first);
    System.arraycopy(samples, 0, block.samples, first, n - first);
    read = from + n;
    LockSupport.unpark(waitingWriter);
    block.startSample = nextSample + block.gapSamples;
    block.length = n;
    nextSample = block.startSample + n;
    return true;
  }

  private void awaitSamples(long timeoutNanos) throws InterruptedException {
    long start = System.nanoTime();
    waitingReader = Thread.currentThread(); // before the condition, or a wake-up could be missed
    try {
      while (written == read && !ended && !abandoned) {
        long left = timeoutNanos - (System.nanoTime() - start);
        if (left <= 0) {
          return;
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      waitingReader = null;
    }
  }

  private void awaitRoom() throws InterruptedException {
    waitingWriter = Thread.currentThread();
    try {
      while (free() == 0 && !abandoned) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      waitingWriter = null;
    }
  }
}
