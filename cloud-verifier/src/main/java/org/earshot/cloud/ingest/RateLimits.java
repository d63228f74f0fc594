package org.earshot.cloud.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each name: what is taken comes back with time, up to the bucket's size.
 *
 * <p>Memory is bounded: beyond a number of names, the one that asked longest ago is forgotten, and
 * has a full bucket when it asks again. Thread-safe.
 */
final class RateLimits {
  private static final double NANOS_PER_MINUTE = 60e9;

  private static final class Bucket {
    private double tokens;
    private long atNanos;

    private Bucket(double tokens, long atNanos) {
      this.tokens = tokens;
      this.atNanos = atNanos;
    }
  }

  private final double size;
  private final double perNano;
  private final int names;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = // guarded by this; oldest use first
      new LinkedHashMap<>(16, 0.75f, true);

  RateLimits(int size, double perMinute, int names, LongSupplier nanoTime) {
    this.size = size;
    this.perNano = perMinute / NANOS_PER_MINUTE;
    this.names = names;
    this.nanoTime = nanoTime;
  }

  /** Takes a token of a name; false when it has none. */
  synchronized boolean take(String name) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      bucket = new Bucket(size, now);
      buckets.put(name, bucket);
      if (buckets.size() > names) {
        buckets.remove(buckets.keySet().iterator().next());
      }
    }
    bucket.tokens = Math.min(size, bucket.tokens + (now - bucket.atNanos) * perNano);
    bucket.atNanos = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  synchronized int names() {
    return buckets.size();
  }
}
