package org.earshot.cloud.notify;

import java.util.Set;

/**
 * One line of the rules: which events are told, or are not, on which channel.
 *
 * <p>It fits an event when all its conditions do; an empty set is no condition. To events that save
 * lives it does not apply, unless {@code lifeSafety} says that it is meant for them too.
 *
 * @param channel its name, or {@code *} for every channel
 * @param effect tell or be silent
 * @param events labels
 * @param sites names of homes
 * @param devices names
 * @param modes guard modes at the onset: disarmed, home, away, night
 * @param window time of day and days, of the moment at which it would be told; null: always
 * @param standings verdicts, {@link Standing#NONE} for at once; empty: confirmed, unsure and
 *     unverified
 * @param minimumPosterior the device's own probability must be at least this, 0 to 1; default 0
 * @param lifeSafety whether it also applies to events that save lives, just as it stands; default
 *     no
 */
public record NoticeRule(
    String channel,
    Effect effect,
    Set<String> events,
    Set<String> sites,
    Set<String> devices,
    Set<String> modes,
    TimeWindow window,
    Set<Standing> standings,
    double minimumPosterior,
    boolean lifeSafety) {
  /** What a rule does. */
  public enum Effect {
    /** The event is told. */
    TELL,
    /** It is not. */
    SILENT
  }

  /** Every channel. */
  public static final String EVERY_CHANNEL = "*";

  private static final Set<Standing> USUAL =
      Set.of(Standing.CONFIRMED, Standing.UNSURE, Standing.UNVERIFIED);

  /** Copies the sets; throws IllegalArgumentException when a value is out of bounds. */
  public NoticeRule {
    if (!channel.equals(EVERY_CHANNEL)) {
      ChannelScope.checkName(channel);
    }
    events = Set.copyOf(events);
    sites = Set.copyOf(sites);
    devices = Set.copyOf(devices);
    modes = Set.copyOf(modes);
    standings = standings.isEmpty() ? USUAL : Set.copyOf(standings);
    if (!(minimumPosterior >= 0 && minimumPosterior <= 1)) {
      throw new IllegalArgumentException(
          "minimum posterior " + minimumPosterior + "; wanted 0 to 1");
    }
  }

  /** Returns a rule that tells these events when the second step does not reject them. */
  public static NoticeRule tell(String channel, Set<String> events) {
    return new NoticeRule(
        channel, Effect.TELL, events, Set.of(), Set.of(), Set.of(), null, Set.of(), 0, false);
  }
}
