package org.earshot.agent.listen;

import java.time.Instant;
import org.earshot.clip.Clip;
import org.earshot.event.EventId;
import org.earshot.model.EventLabels;

/**
 * An event that one microphone hears and that is told, or waits for the end of an entry delay.
 *
 * <p>What is final is known when it opens; the rest belongs to the {@link Desk}'s tasks.
 */
final class OpenAlert {
  final EventId id;
  final String event;
  final String microphone;
  final Instant onset;
  final String mode;
  final int sensitivity;

  /** What has become of it. */
  enum Fate {
    /** The guard holds it back. */
    HELD,
    TOLD,
    DROPPED
  }

  Fate fate = Fate.HELD;
  float posterior;
  Instant opened;
  Instant offset; // null while it goes on
  boolean clipExpected; // known when it is told
  int suppressedBefore;
  Clip heldClip; // ready before its fate was known
  boolean clipDone;
  boolean clipUnwanted; // the owner does not want it

  OpenAlert(
      EventId id,
      String event,
      String microphone,
      Instant onset,
      Instant opened,
      float posterior,
      String mode,
      int sensitivity) {
    this.id = id;
    this.event = event;
    this.microphone = microphone;
    this.onset = onset;
    this.opened = opened;
    this.posterior = posterior;
    this.mode = mode;
    this.sensitivity = sensitivity;
  }

  boolean isLifeSafety() {
    return EventLabels.ALARMS.contains(event);
  }

  /** Whether nothing more can come of it. */
  boolean isFinished() {
    boolean clip = !clipExpected || clipDone;
    return fate == Fate.DROPPED || (fate == Fate.TOLD && offset != null && clip);
  }
}
