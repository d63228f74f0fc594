package org.earshot.detect;

import java.util.Arrays;
import org.earshot.model.DecisionParameters;

/**
 * One event's path from posteriors to alerts: moving average, hysteresis, hold, refractory time,
 * and thresholds that follow a loud background ({@link BackgroundLevel}).
 *
 * <p>Smoothing sums fixed-point posteriors, so it neither drifts over days nor depends on when the
 * stream began. Before the stream there was silence: the average starts from zeros. State is
 * bounded; single-threaded; allocates only when an alert ends.
 */
final class EventDecision {
  private static final double FIXED_POINT = 1 << 30; // 1000 steps of at most 2^30 fit a long

  private final String event;
  private final StepTiming timing;
  private final BackgroundLevel background; // null where the thresholds stay
  private final int onSteps;
  private final int holdSteps;
  private final int refractorySteps;
  private final int minOpenSteps;
  private final long delaySamples; // of a moving average: half its length
  private final long[] window; // [smoothingSteps], fixed point

  private DecisionParameters decision;
  private long onSum; // the thresholds, times smoothing steps, in fixed point
  private long offSum;
  private long step; // index of the next step
  private long sum;
  private int runSteps; // steps in a row at or above the on threshold, at most onSteps
  private long runStart;
  private boolean open;
  private long openStep;
  private long lastAboveStep;
  private long openedSample;
  private long peakSum;
  private long refractoryUntil;

  /**
   * Makes a decision.
   *
   * @param followsBackground whether a loud background raises the thresholds
   * @param firstStep index of the step that comes first
   */
  EventDecision(
      String event,
      DecisionParameters decision,
      StepTiming timing,
      boolean followsBackground,
      long firstStep) {
    step = firstStep;
    this.event = event;
    this.timing = timing;
    this.decision = decision;
    int smoothing = decision.smoothingSteps();
    double stepSeconds = timing.hopSamples() / (double) Alert.SAMPLE_RATE_HZ;
    background =
        followsBackground ? new BackgroundLevel(decision.onThreshold(), stepSeconds) : null;
    shiftThresholds(0);
    onSteps = decision.onSteps();
    holdSteps = timing.steps(decision.holdSeconds());
    refractorySteps = timing.steps(decision.refractorySeconds());
    minOpenSteps = timing.steps(decision.minOpenSeconds());
    delaySamples = (smoothing - 1L) * timing.hopSamples() / 2;
    window = new long[smoothing];
  }

  /**
   * Takes other thresholds from the next step on; an open alert stays open.
   *
   * @throws IllegalArgumentException when anything but the thresholds differs
   */
  void setThresholds(DecisionParameters other) {
    if (!other.withThresholdsOf(decision).equals(decision)) {
      throw new IllegalArgumentException("only thresholds can change while a stream is heard");
    }
    decision = other;
    if (background != null) {
      background.setThreshold(other.onThreshold());
    }
    shiftThresholds(background == null ? 0 : background.shift());
  }

  /** Moves both thresholds; without a shift they are the stored ones, bit for bit. */
  private void shiftThresholds(double shiftLogits) {
    onSum = sum(decision.onThreshold(), shiftLogits);
    offSum = sum(decision.offThreshold(), shiftLogits);
  }

  private long sum(float threshold, double shiftLogits) {
    double shifted = DecisionParameters.shifted(threshold, shiftLogits);
    return (long) Math.ceil(shifted * decision.smoothingSteps() * FIXED_POINT);
  }

  void accept(float posterior, AlertSink sink) {
    int slot = (int) (step % window.length);
    long value = Math.round(posterior * FIXED_POINT); // NaN gives 0
    sum += value - window[slot];
    window[slot] = value;
    if (open) {
      whileOpen(sink);
    } else {
      whileClosed(sink);
    }
    step++;
  }

  private void whileClosed(AlertSink sink) {
    if (background != null && background.accept(smoothed())) {
      shiftThresholds(background.shift());
    }
    if (sum < onSum || step < refractoryUntil) {
      runSteps = 0;
      return;
    }
    if (runSteps == 0) {
      runStart = step;
    }
    runSteps++;
    if (runSteps >= onSteps) {
      open = true;
      openStep = step;
      lastAboveStep = step;
      peakSum = sum;
      runSteps = 0;
      openedSample = step * timing.hopSamples() + timing.windowSamples();
      sink.opened(event, onsetSample(), openedSample);
    }
  }

  private void whileOpen(AlertSink sink) {
    if (sum >= offSum) {
      lastAboveStep = step;
      peakSum = Math.max(peakSum, sum);
    } else if (step - lastAboveStep >= holdSteps && step - openStep >= minOpenSteps) {
      close(sink);
      refractoryUntil = step + refractorySteps;
    }
  }

  /** Ends an alert that is still open. */
  void finish(AlertSink sink) {
    if (open) {
      close(sink);
    }
  }

  void reset() {
    forget();
    step = 0;
    open = false;
  }

  /** Forgets the past posteriors; an open alert stays open, and steps are counted on. */
  void forget() {
    Arrays.fill(window, 0);
    sum = 0;
    runSteps = 0;
    refractoryUntil = 0;
    if (background != null) {
      background.reset();
      shiftThresholds(0);
    }
  }

  /** Smoothed posterior after the last step. */
  float smoothed() {
    return (float) (sum / (window.length * FIXED_POINT));
  }

  boolean isOpen() {
    return open;
  }

  private void close(AlertSink sink) {
    open = false;
    runSteps = 0;
    long onset = onsetSample();
    long end = (lastAboveStep + 1) * timing.hopSamples() - delaySamples;
    float peak = (float) (peakSum / (window.length * FIXED_POINT));
    sink.ended(
        new Alert(event, onset, Math.max(end, onset + timing.hopSamples()), openedSample, peak));
  }

  private long onsetSample() {
    return Math.max(0, runStart * timing.hopSamples() - delaySamples);
  }
}
