package org.earshot.audio.capture;

import java.util.concurrent.TimeUnit;

/** The passing of time, as an argument, so that tests need none. Thread-safe. */
public interface CaptureClock {

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /** Waits; returns at once for 0 or less. */
  void sleep(long nanos) throws InterruptedException;

  /** The real one. */
  static CaptureClock system() {
    return new CaptureClock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    };
  }
}
