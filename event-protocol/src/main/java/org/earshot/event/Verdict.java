package org.earshot.event;

/** What the second, larger model said about an event. */
public enum Verdict {
  /** It hears the event too. */
  CONFIRMED,
  /** It does not hear the event. */
  REJECTED,
  /** It cannot tell. */
  UNSURE,
  /** It was not asked, or did not answer in time; the alert goes out nevertheless. */
  UNVERIFIED
}
