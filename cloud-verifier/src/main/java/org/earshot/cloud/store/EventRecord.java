package org.earshot.cloud.store;

import java.time.Instant;
import org.earshot.event.EventMessage;

/**
 * All that is known of one event.
 *
 * @param key site and id
 * @param latest the message with the latest {@code at}; onset, mode and sensitivity of the first
 *     one received stay
 * @param receivedAt when its first message was received
 * @param deadline by when the owner is told, with or without a verdict
 * @param clip null while there is none
 * @param verification how far the second step has come
 * @param judgement null before a verdict and before the deadline
 * @param answer null before a person answered
 */
public record EventRecord(
    EventKey key,
    EventMessage latest,
    Instant receivedAt,
    Instant deadline,
    ClipRecord clip,
    VerificationState verification,
    Judgement judgement,
    Answer answer) {}
