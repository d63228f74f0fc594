package org.earshot.answer;

import java.time.Instant;

/** Hears of live listening, so that it can be announced; calls come in order. */
public interface LiveListener {
  /** Tells that somebody listens from now on; no frame was sent before this returns. */
  void started(String who, Instant until);

  /** Tells that nobody listens any more. */
  void stopped(String who, String cause);

  /** Tells that a request was refused, and why. */
  void refused(String who, String reason);
}
