package org.earshot.answer;

import java.time.Instant;

/**
 * An alert as the owner's program gets it.
 *
 * @param posterior 0 to 1
 * @param mode as in "away"
 * @param urgent whether it goes before all that are not, as smoke and carbon monoxide do
 */
public record HookAlert(
    String event,
    String id,
    Instant onset,
    double posterior,
    String microphone,
    String mode,
    boolean urgent) {}
