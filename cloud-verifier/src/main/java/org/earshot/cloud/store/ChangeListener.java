package org.earshot.cloud.store;

import org.jdbi.v3.core.Handle;

/**
 * Hears of every change of an event within the transaction that makes it, so that what it writes
 * stands or falls with the change. It must be short, must not commit, and must not wait for
 * anything but the database. Throwing undoes the change.
 */
@FunctionalInterface
public interface ChangeListener {
  /**
   * Told once for each change, by the thread that makes it.
   *
   * @param transaction open, of the history's database
   * @param event as it is after the change; as it was, when it was deleted
   * @param change what happened
   */
  void changed(Handle transaction, EventRecord event, Change change);
}
