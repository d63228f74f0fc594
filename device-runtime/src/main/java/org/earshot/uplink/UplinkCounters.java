package org.earshot.uplink;

/**
 * What an uplink did since it was made.
 *
 * @param connects connections that succeeded
 * @param disconnects connections that broke
 * @param failedConnects attempts that did not succeed
 * @param events messages that the broker acknowledged
 * @param clips clips that the broker acknowledged
 * @param states retained states that the broker acknowledged
 * @param frames what was sent without acknowledgement: health, level, live listening
 * @param bytes payload of all that
 * @param refusals items and states that the broker refused
 * @param setAside items that were given up after too many refusals
 * @param unheard messages and clips that were given up because nobody subscribed to them
 * @param droppedFrames that were not sent: no connection, or it is too slow
 * @param ignored messages from the broker that were malformed, retained commands or too many
 * @param lastError latest error of the connection; empty when there was none
 */
public record UplinkCounters(
    long connects,
    long disconnects,
    long failedConnects,
    long events,
    long clips,
    long states,
    long frames,
    long bytes,
    long refusals,
    long setAside,
    long unheard,
    long droppedFrames,
    long ignored,
    String lastError) {}
