package org.earshot.outbox;

import java.io.IOException;

/** An item was not stored: there is no room, and nothing that matters less could go. */
public final class OutboxFullException extends IOException {
  private static final long serialVersionUID = 1L;

  OutboxFullException(String problem, Throwable cause) {
    super(problem + "; raise the outbox's budget, free disk space or repair the uplink", cause);
  }
}
