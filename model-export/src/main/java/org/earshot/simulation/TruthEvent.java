package org.earshot.simulation;

/**
 * One sound in a soundscape and when it is there.
 *
 * @param label event label, or a distractor's label
 * @param onsetSeconds arrival of the direct sound's first active sample, from the scene's start
 * @param offsetSeconds end of the last active sample of the dry sound (reverberation excluded)
 * @param eventToBackgroundDb power over the event's active parts against the background's power
 *     over the same extent, both high-passed at 100 Hz, after the room; NaN where none was set
 * @param source recording or synthesizer that the sound came from
 */
public record TruthEvent(
    String label,
    double onsetSeconds,
    double offsetSeconds,
    double eventToBackgroundDb,
    String source) {}
