package org.earshot.outbox;

import java.io.IOException;

/** A file of the outbox that is not what was written. */
final class DamagedItemException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedItemException(long offset, String problem) {
    super(problem + " (byte " + offset + ")");
  }
}
