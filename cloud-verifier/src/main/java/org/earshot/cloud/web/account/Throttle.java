package org.earshot.cloud.web.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets each key try a number of times, and then once every so often: a bucket that refills.
 *
 * <p>Holds a bounded number of keys; the one that tried longest ago makes room. Thread-safe.
 */
final class Throttle {
  private final int tries;
  private final Duration refill;
  private final int maxKeys;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Bucket {
    double level;
    long atMillis;
  }

  /**
   * Makes one.
   *
   * @param tries at once
   * @param refill time after which one more is allowed
   * @param maxKeys bound of what is remembered
   */
  Throttle(int tries, Duration refill, int maxKeys, Clock clock) {
    this.tries = tries;
    this.refill = refill;
    this.maxKeys = maxKeys;
    this.clock = clock;
  }

  /** Takes one try; returns how long to wait when there is none left, else nothing. */
  synchronized Optional<Duration> take(String key) {
    long now = clock.millis();
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.level = tries;
      bucket.atMillis = now;
      buckets.put(key, bucket);
      makeRoom();
    }
    double gained = (now - bucket.atMillis) / (double) refill.toMillis();
    bucket.level = Math.min(tries, bucket.level + Math.max(0, gained));
    bucket.atMillis = now;
    if (bucket.level < 1) {
      return Optional.of(
          Duration.ofMillis((long) Math.ceil((1 - bucket.level) * refill.toMillis())));
    }
    bucket.level--;
    return Optional.empty();
  }

  /** Gives a try back, because it was right. */
  synchronized void giveBack(String key) {
    Bucket bucket = buckets.get(key);
    if (bucket != null) {
      bucket.level = Math.min(tries, bucket.level + 1);
    }
  }

  synchronized int keys() {
    return buckets.size();
  }

  private void makeRoom() {
    Iterator<String> eldest = buckets.keySet().iterator();
    while (buckets.size() > maxKeys) {
      eldest.next();
      eldest.remove();
    }
  }
}
