package org.earshot.evaluation;

/**
 * One alert that a detector raised.
 *
 * @param label event label that it names
 * @param onsetSeconds onset that it states; the alert is judged by this
 * @param offsetSeconds end that it states
 * @param posterior peak posterior, NaN when not stated
 * @param raisedSeconds how much of the stream had been heard when it was raised, NaN when unknown
 */
public record Detection(
    String label,
    double onsetSeconds,
    double offsetSeconds,
    double posterior,
    double raisedSeconds) {}
