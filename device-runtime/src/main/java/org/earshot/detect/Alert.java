package org.earshot.detect;

/**
 * One event that was heard, from its onset to its clean end.
 *
 * <p>Times are sample indices at {@link #SAMPLE_RATE_HZ} since the stream began.
 *
 * @param event label of the head that fired
 * @param onsetSample where the event began: the first step of the run that opened the alert, less
 *     the delay of the smoothing
 * @param offsetSample where it ended: the end of the last step above the off threshold, less the
 *     same delay; after the onset
 * @param openedSample when the decision fell: all samples before this one had been heard
 * @param peakPosterior largest smoothed posterior while it was open
 */
public record Alert(
    String event, long onsetSample, long offsetSample, long openedSample, float peakPosterior) {
  /** The one rate inside the system. */
  public static final int SAMPLE_RATE_HZ = 16_000;

  /** Returns the onset in seconds since the stream began. */
  public double onsetSeconds() {
    return onsetSample / (double) SAMPLE_RATE_HZ;
  }

  /** Returns the offset in seconds since the stream began. */
  public double offsetSeconds() {
    return offsetSample / (double) SAMPLE_RATE_HZ;
  }

  /** Returns the time of the decision in seconds since the stream began. */
  public double openedSeconds() {
    return openedSample / (double) SAMPLE_RATE_HZ;
  }
}
