package org.earshot.cloud.notify;

/**
 * What a channel did since the process started.
 *
 * @param delivered notices that the other side took, withdrawals among them
 * @param failures attempts that are to be made again
 * @param refused notices that the other side will never take
 * @param expired notices that were given up for their age
 */
public record ChannelCounters(long delivered, long failures, long refused, long expired) {}
