package org.earshot.cloud.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps clips: FLAC files, one an event, in a folder or an S3-compatible store.
 *
 * <p>Thread-safe, also across processes. Calls throw {@link StoreException} when the store cannot
 * be used (absent, full, refused).
 */
public interface ClipStore {
  /** Stores a clip durably before it returns; replaces an earlier one whole. */
  void put(EventKey key, byte[] flac);

  /** Returns a clip; empty when there is none. */
  Optional<byte[]> get(EventKey key);

  /** Deletes a clip; nothing happens when there is none. */
  void delete(EventKey key);

  /**
   * Returns the keys of stored clips in order, at most {@code limit}, after one; null: from the
   * start.
   */
  List<EventKey> list(EventKey after, int limit);
}
