package org.earshot.cloud.notify;

import java.util.Locale;

/** What a notice does to the message that the owner has of its event. */
public enum Stage {
  /** There is none yet: this is the first. */
  TOLD,
  /** It changes the one that was told: there is a verdict, or another one. */
  UPDATED,
  /** The event is over. */
  ENDED,
  /** The event was deleted: the message is to go. */
  WITHDRAWN;

  /** Returns the name in messages: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
