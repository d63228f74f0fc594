package org.earshot.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A loudspeaker that remembers what it played, and may be held up or broken. */
final class MemoryOutput implements SoundOutput {
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final int blockAfterBytes;
  private volatile String failure;

  /** Plays all at once. */
  MemoryOutput() {
    this(Integer.MAX_VALUE);
  }

  /** Holds a write after so many bytes until the line is closed. */
  MemoryOutput(int blockAfterBytes) {
    this.blockAfterBytes = blockAfterBytes;
  }

  void fail(String message) {
    failure = message;
  }

  synchronized byte[] heard() {
    return heard.toByteArray();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  boolean awaitBlocked() throws InterruptedException {
    return blocked.await(30, TimeUnit.SECONDS);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Line open(int sampleRateHz) throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    return new Playing();
  }

  private final class Playing implements Line {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void write(byte[] pcm, int offset, int length) throws IOException {
      boolean block;
      synchronized (MemoryOutput.this) {
        heard.write(pcm, offset, length);
        block = heard.size() >= blockAfterBytes;
      }
      if (block) {
        blocked.countDown();
        try {
          closed.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        throw new IOException("closed");
      }
    }

    @Override
    public void drain() {}

    @Override
    public void close() {
      if (closed.getCount() > 0) {
        closed.countDown();
        open.decrementAndGet();
      }
    }
  }
}
