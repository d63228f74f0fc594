package org.earshot.verification;

import java.nio.file.Path;

/**
 * An alert of the device and its clip.
 *
 * @param event that the device took it for
 * @param right whether the event was there, by the rule of ADR 0008
 * @param posterior the device's highest
 * @param half of the held-apart recordings that the stream was made of, 0 or 1
 * @param clip WAV file
 */
record Trigger(String event, boolean right, double posterior, int half, Path clip) {}
