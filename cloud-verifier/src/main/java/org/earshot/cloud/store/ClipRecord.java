package org.earshot.cloud.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Describes the clip of an event; the sound itself lies in the {@link ClipStore}.
 *
 * @param key the event's
 * @param device which sent it
 * @param bytes size of the FLAC file
 * @param sha256 of the file, lower-case hexadecimal
 * @param length of the sound
 * @param storedAt when it was stored
 */
public record ClipRecord(
    EventKey key, String device, long bytes, String sha256, Duration length, Instant storedAt) {}
