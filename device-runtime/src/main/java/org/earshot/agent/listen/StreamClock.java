package org.earshot.agent.listen;

import java.time.Clock;
import java.time.Instant;
import org.earshot.detect.Alert;

/**
 * When a sample of a microphone's stream sounded.
 *
 * <p>A live stream is tied to the wall clock anew whenever the two have come apart by more than
 * {@value #MOST_DRIFT_MILLIS} ms, by a gap, by drift of the sound card or by setting the clock; in
 * between, times do not jitter with the scheduler. A replayed one began when it was started,
 * however fast it runs. One thread writes, any may read.
 */
final class StreamClock {
  static final long MOST_DRIFT_MILLIS = 500;

  private final Clock clock;
  private final boolean live;
  private volatile Anchor anchor;

  private record Anchor(long sample, Instant at) {}

  StreamClock(Clock clock, boolean live) {
    this.clock = clock;
    this.live = live;
    this.anchor = new Anchor(0, clock.instant());
  }

  /** All samples before this one have just been heard. */
  void heard(long sample) {
    if (!live) {
      return;
    }
    Instant now = clock.instant();
    long apart = now.toEpochMilli() - instant(sample).toEpochMilli();
    if (Math.abs(apart) > MOST_DRIFT_MILLIS) {
      anchor = new Anchor(sample, now);
    }
  }

  /** Returns when a sample sounded or will sound. */
  Instant instant(long sample) {
    Anchor now = anchor;
    return now.at.plusNanos((sample - now.sample) * (1_000_000_000L / Alert.SAMPLE_RATE_HZ));
  }
}
