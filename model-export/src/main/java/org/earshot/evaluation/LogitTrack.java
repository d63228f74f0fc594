package org.earshot.evaluation;

import java.util.Arrays;
import org.earshot.detect.Alert;
import org.earshot.detect.StepTiming;

/**
 * What a network said about one stream: a logit for every step and event.
 *
 * <p>Immutable by convention; the array is shared, not copied, since hundreds of streams are kept
 * in memory.
 *
 * @param timing where the steps lie on the sample axis
 * @param events number of events
 * @param logits [steps][events], row-major
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once, compared nowhere
public record LogitTrack(StepTiming timing, int events, float[] logits) {

  public LogitTrack {
    if (events < 1 || logits.length % events != 0) {
      throw new IllegalArgumentException(logits.length + " logits for " + events + " events");
    }
  }

  /** Number of steps. */
  public int steps() {
    return logits.length / events;
  }

  /** The logit of one event at one step. */
  public float logit(int step, int event) {
    return logits[step * events + event];
  }

  /** How much of the stream had been heard when a step completed. */
  public double heardSeconds(int step) {
    return timing.heardSeconds(step);
  }

  /**
   * The largest logit of an event over steps that completed within [from, to]; -infinity when there
   * are none.
   */
  float peak(int event, double fromSeconds, double toSeconds) {
    double first = Math.max(0, Math.ceil(stepAt(fromSeconds) - 1e-9));
    double last = Math.min(steps() - 1.0, Math.floor(stepAt(toSeconds) + 1e-9));
    float peak = Float.NEGATIVE_INFINITY;
    for (int step = (int) first; step <= last; step++) {
      peak = Math.max(peak, logit(step, event));
    }
    return peak;
  }

  private double stepAt(double seconds) {
    return (seconds * Alert.SAMPLE_RATE_HZ - timing.windowSamples()) / timing.hopSamples();
  }

  /** The largest logit of an event over the whole stream; -infinity when there are no steps. */
  float peak(int event) {
    return peak(event, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Collects steps; one stream, one thread. */
  public static final class Builder {
    private final int events;
    private float[] logits;
    private int filled;

    public Builder(int events) {
      this.events = events;
      this.logits = new float[1024 * events];
    }

    /** The next step's logits, [events] from {@code offset}. */
    public void add(float[] step, int offset) {
      if (filled + events > logits.length) {
        logits = Arrays.copyOf(logits, logits.length * 2);
      }
      System.arraycopy(step, offset, logits, filled, events);
      filled += events;
    }

    public LogitTrack build(StepTiming timing) {
      return new LogitTrack(timing, events, Arrays.copyOf(logits, filled));
    }
  }
}
