/**
 * Tells the owner: which events on which channels, in which words, delivered at least once from a
 * durable queue.
 *
 * <p>{@link NoticeRules} choose, {@link NoticeQueue} writes in the history's transaction, {@link
 * Courier} delivers through {@link Channel}s. Knows the store, and nothing of ingest or the page.
 */
package org.earshot.cloud.notify;
