package org.earshot.agent.listen;

import org.earshot.event.EventMessage;

/** Is told of every message after it is safe on disk; called by the desk, returns at once. */
@FunctionalInterface
public interface Announcer {
  /** An alert was opened, goes on or has ended. */
  void announce(EventMessage message);
}
