package org.earshot.cloud.web.account;

import java.time.Instant;

/**
 * One browser in which somebody is signed in.
 *
 * @param account who, with the rights of this moment
 * @param tokenHash what is stored of the browser's secret
 * @param createdAt when they signed in
 * @param seenAt when it was last used, to the minute
 * @param address where they signed in from
 * @param agent what the browser called itself then
 */
public record Session(
    Account account,
    String tokenHash,
    Instant createdAt,
    Instant seenAt,
    String address,
    String agent) {}
