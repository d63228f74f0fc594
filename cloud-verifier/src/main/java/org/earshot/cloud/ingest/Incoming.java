package org.earshot.cloud.ingest;

import java.time.Instant;

/**
 * A message as it came.
 *
 * @param topic its topic
 * @param payload not changed
 * @param receivedAt when it reached this process
 * @param done to be run once when it is stored or set aside, so that the broker forgets it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Incoming(String topic, byte[] payload, Instant receivedAt, Runnable done) {}
