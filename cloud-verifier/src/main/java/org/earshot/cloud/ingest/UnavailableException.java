package org.earshot.cloud.ingest;

import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.StoreException;

/** The database or the clip store does not work; to be tried again. */
final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Part part;

  UnavailableException(Part part, StoreException cause) {
    super(cause.getMessage(), cause);
    this.part = part;
  }

  Part part() {
    return part;
  }
}
