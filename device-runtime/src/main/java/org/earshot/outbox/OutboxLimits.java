package org.earshot.outbox;

/**
 * How much disk the outbox may use.
 *
 * @param maxBytes budget, files counted in whole blocks of {@link #BLOCK_BYTES}; what was set aside
 *     may use an eighth of that on top
 * @param maxItems bound of the number of items, and so of the index in memory (some 200 bytes each)
 */
public record OutboxLimits(long maxBytes, int maxItems) {
  /** A file uses the disk in blocks of this size (ext4's default). */
  public static final int BLOCK_BYTES = 4096;

  /** Throws IllegalArgumentException when a limit leaves no room for one message. */
  public OutboxLimits {
    if (maxBytes < BLOCK_BYTES || maxItems < 1) {
      throw new IllegalArgumentException(
          "no room for a message: maxBytes " + maxBytes + ", maxItems " + maxItems);
    }
  }

  /** Returns a limit of bytes with the usual limit of items. */
  public static OutboxLimits bytes(long maxBytes) {
    return new OutboxLimits(maxBytes, 10_000);
  }

  /** Returns what a file of this length costs. */
  static long cost(long fileBytes) {
    return (fileBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }
}
