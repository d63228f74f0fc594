package org.earshot.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded draws of one scene, stem or room; not thread-safe, cheap to fork. */
final class SceneRandom {
  private final SplittableRandom random;

  SceneRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A seed that depends on both arguments and not on how often anything was drawn. */
  static long mix(long seed, long salt) {
    long z = seed * 0x9E3779B97F4A7C15L + salt + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A seed from text that is the same in every Java process. */
  static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  long nextLong() {
    return random.nextLong();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int low, int highInclusive) {
    return low + random.nextInt(highInclusive - low + 1);
  }

  double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  double logUniform(double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  double gaussian() {
    double u = Math.max(1e-12, random.nextDouble());
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** Index drawn in proportion to {@code weights}; at least one must be positive. */
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double at = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] <= 0) {
        continue;
      }
      last = i;
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return last;
  }
}
