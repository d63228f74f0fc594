package org.earshot.audio.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Time that passes only by sleeping, and when a test says so. */
final class FakeClock implements CaptureClock {
  private long nanos = 1_000_000_000_000L;
  private final List<Long> sleptMillis = new ArrayList<>();

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized void sleep(long duration) {
    sleptMillis.add(TimeUnit.NANOSECONDS.toMillis(duration));
    nanos += Math.max(0, duration);
  }

  synchronized void advanceMillis(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  synchronized void advanceNanos(long duration) {
    nanos += duration;
  }

  synchronized List<Long> sleptMillis() {
    return List.copyOf(sleptMillis);
  }
}
