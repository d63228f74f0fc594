package org.earshot.cloud.demo;

import java.util.concurrent.TimeUnit;
import org.earshot.audio.capture.CaptureClock;

/** Time that runs faster, so that recordings are played at a multiple of their pace. */
record SpeedClock(double speed) implements CaptureClock {
  @Override
  public long nanoTime() {
    return (long) (System.nanoTime() * speed);
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (nanos / speed));
  }
}
