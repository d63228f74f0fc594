package org.earshot.detect;

/**
 * How high one event's smoothed posterior climbs without the event, lately: what its home sounds
 * like to its head.
 *
 * <p>In a loud home, where music taps or a television talks all evening, a head's posterior is
 * restless, and a threshold that serves a quiet home raises one false alert after another. From the
 * highest value of each second a running mean and variance are kept, in logits; where they say that
 * the background alone comes within {@value #MARGIN} of the threshold, the threshold gives way, by
 * {@value #MOST_SHIFT} at most. A single loud sound hardly counts, since what it may add is
 * limited. Source: ADR 0017.
 *
 * <p>Fixed memory, single-threaded, nothing is allocated.
 */
final class BackgroundLevel {
  static final double MOST_SHIFT = 1.5; // logits
  private static final double MARGIN = 1; // logits
  private static final double SPREADS = 3; // standard deviations above the mean
  private static final double MEMORY_SECONDS = 120;
  private static final double BLOCK_SECONDS = 1;
  private static final double QUIET = -6; // a quiet home; lower logits say nothing more
  private static final double SURPRISE = 2; // most that one second may stand out

  private final int blockSteps;
  private final double weight; // of a new block
  private double threshold; // logit
  private double lowest; // out of reach of the threshold, however low that is
  private double mean;
  private double variance;
  private double peak; // posterior
  private int steps;

  /**
   * Begins as in a quiet home.
   *
   * @param threshold posterior that opens an alert
   * @param stepSeconds between two steps
   */
  BackgroundLevel(double threshold, double stepSeconds) {
    setThreshold(threshold);
    this.blockSteps = Math.max(1, (int) Math.round(BLOCK_SECONDS / stepSeconds));
    this.weight = 1 - Math.exp(-blockSteps * stepSeconds / MEMORY_SECONDS);
    reset();
  }

  /** Another threshold for the same home: what was learnt of its background stays. */
  void setThreshold(double posterior) {
    threshold = logit(posterior);
    lowest = Math.min(QUIET, threshold + QUIET);
  }

  /**
   * Takes a step in which no alert is open.
   *
   * @param smoothed posterior
   * @return whether {@link #shift} is to be asked again
   */
  boolean accept(double smoothed) {
    peak = Math.max(peak, smoothed);
    if (++steps < blockSteps) {
      return false;
    }
    double value = Math.min(Math.max(lowest, logit(peak)), reach() + SURPRISE);
    double away = value - mean;
    mean += weight * away;
    variance += weight * (away * away - variance);
    peak = 0;
    steps = 0;
    return true;
  }

  /** By how many logits the threshold gives way: 0 in a quiet home. */
  double shift() {
    return Math.max(0, Math.min(MOST_SHIFT, reach() - (threshold - MARGIN)));
  }

  /** How high the background comes now and then, a logit. */
  private double reach() {
    return mean + SPREADS * Math.sqrt(variance);
  }

  void reset() {
    mean = lowest;
    variance = 1;
    peak = 0;
    steps = 0;
  }

  private static double logit(double posterior) {
    double inside = Math.max(1e-9, Math.min(1 - 1e-9, posterior));
    return Math.log(inside / (1 - inside));
  }
}
