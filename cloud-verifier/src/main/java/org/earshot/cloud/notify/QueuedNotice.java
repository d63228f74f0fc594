package org.earshot.cloud.notify;

import org.earshot.cloud.store.EventKey;
import org.earshot.event.EventMessage;

/**
 * A row of the queue: what the owner should see of an event on a channel, and what was delivered.
 *
 * @param wanted revision of what is to be seen
 * @param told revision that was delivered last; 0 for none
 * @param firstTold revision that was delivered first; 0 for none
 * @param claimed whether it was ever tried
 * @param queuedAtMillis when this revision came
 * @param failures attempts that failed in a row
 */
record QueuedNotice(
    EventKey key,
    String channel,
    int urgency,
    int wanted,
    int told,
    int firstTold,
    boolean claimed,
    boolean withdrawn,
    News news,
    long queuedAtMillis,
    int failures) {
  static final int SAVES_LIVES = 0;
  static final int OTHERS = 1;
  static final int WITHDRAWALS = 2;

  /**
   * What a text is made of.
   *
   * @param ended whether the end is told, which is not the same as that it is over
   * @param probability NaN where no model said one
   * @param message null once withdrawn, and when it cannot be read
   */
  record News(
      boolean ended, Standing standing, double probability, String verifier, EventMessage message) {

    /** Whether an owner who has seen the other would learn nothing from this. */
    boolean saysNoMoreThan(News other) {
      return ended == other.ended
          && standing == other.standing
          && hundredths(probability) == hundredths(other.probability);
    }

    private static long hundredths(double probability) {
      return Double.isNaN(probability) ? -1 : Math.round(100 * probability);
    }
  }

  Stage stage() {
    if (withdrawn) {
      return Stage.WITHDRAWN;
    }
    if (told == 0) {
      return Stage.TOLD;
    }
    return news.ended() ? Stage.ENDED : Stage.UPDATED;
  }
}
