package org.earshot.cloud.notify;

import java.net.URI;
import java.time.Instant;
import org.earshot.cloud.store.EventKey;
import org.earshot.event.EventMessage;

/**
 * One message to the owner, as a channel is to deliver it.
 *
 * <p>The clip is not in it: channels that send it read it from the clip store when they deliver, so
 * that what was deleted meanwhile is not sent.
 *
 * @param key site and id of the event
 * @param channel which delivers
 * @param stage first, update, end or withdrawal
 * @param revision of the event's notices on this channel, from 1; a greater one replaces a smaller
 * @param firstRevision the one that was delivered first; 0 while none was
 * @param lifeSafety whether the event is one that saves lives
 * @param standing verdict, or none yet
 * @param probability of the event by the verifier, 0 to 1; NaN where no model said so
 * @param verifier which model said so; empty where none did
 * @param message what the device told last; null when withdrawn
 * @param title a few words: what, where
 * @param text one line: what, where, when, how sure, and the link; empty when withdrawn
 * @param link the event on the history page; null when there is no page
 * @param at when this attempt was made
 */
public record Notice(
    EventKey key,
    String channel,
    Stage stage,
    int revision,
    int firstRevision,
    boolean lifeSafety,
    Standing standing,
    double probability,
    String verifier,
    EventMessage message,
    String title,
    String text,
    URI link,
    Instant at) {
  /** Returns the same key for every attempt at this notice, and another for every other notice. */
  public String idempotencyKey() {
    return key.site() + "." + key.id() + "." + channel + "." + revision;
  }
}
