package org.earshot.cloud.notify;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.earshot.cloud.store.Change;
import org.earshot.cloud.store.EventRecord;

/**
 * Says on which channels an event is told.
 *
 * <p>For each channel the first rule that fits decides; where none fits, it is not told. A channel
 * for which no rule tells anything has a last one: events are told when they are confirmed, unsure,
 * or unverified at their deadline.
 *
 * <p>Events that save lives are told at once on every channel, whatever the rules say; only rules
 * that are marked as meant for them count, and of these the first that fits. Forgetting to name
 * such an event must not silence it.
 *
 * <p>This is about beginning to tell; what was told is updated whatever the rules say ({@link
 * NoticeQueue}). Immutable.
 *
 * @param channels what is configured
 * @param rules in order; may be empty
 * @param lifeSafety labels of the events that save lives
 */
public record NoticeRules(
    List<ChannelScope> channels, List<NoticeRule> rules, Set<String> lifeSafety) {
  private static final NoticeRule DEFAULT = NoticeRule.tell(NoticeRule.EVERY_CHANNEL, Set.of());

  /**
   * Copies the lists; throws IllegalArgumentException when a channel is there twice, or a rule
   * names one that is not there.
   */
  public NoticeRules {
    channels = List.copyOf(channels);
    rules = List.copyOf(rules);
    lifeSafety = Set.copyOf(lifeSafety);
    Set<String> names = new HashSet<>();
    for (ChannelScope channel : channels) {
      if (!names.add(channel.name())) {
        throw new IllegalArgumentException("channel '" + channel.name() + "' is there twice");
      }
    }
    for (NoticeRule rule : rules) {
      if (!rule.channel().equals(NoticeRule.EVERY_CHANNEL) && !names.contains(rule.channel())) {
        throw new IllegalArgumentException(
            "a rule names channel '" + rule.channel() + "'; there are: " + names);
      }
    }
  }

  /**
   * Returns the channels on which an event is to be told after a change, in their order; none for
   * changes that are no reason to begin telling.
   *
   * @param now the time that windows are compared with
   */
  public Set<String> channels(EventRecord event, Change change, Instant now) {
    Set<String> told = new LinkedHashSet<>();
    if (!mayBegin(change)) {
      return told;
    }
    boolean saving = isLifeSafety(event);
    for (ChannelScope channel : channels) {
      if (channel.covers(event.key().site())
          && (saving
              ? isLifeSafetyTold(channel.name(), event, now)
              : isTold(channel.name(), event, now))) {
        told.add(channel.name());
      }
    }
    return told;
  }

  private static boolean mayBegin(Change change) {
    return switch (change) {
      case OPENED, UPDATED, JUDGED, OVERDUE -> true;
      case ENDED, CLIP, ANSWERED, DELETED -> false;
    };
  }

  /** Only rules that are meant for such events count; where none is, they are told. */
  private boolean isLifeSafetyTold(String channel, EventRecord event, Instant now) {
    List<NoticeRule> meant =
        of(channel).filter(NoticeRule::lifeSafety).filter(rule -> names(rule, event)).toList();
    return meant.stream()
        .filter(rule -> holds(rule, event, now))
        .findFirst()
        .map(NoticeRules::tells)
        .orElse(meant.stream().noneMatch(NoticeRules::tells)); // else it is told at another time
  }

  private boolean isTold(String channel, EventRecord event, Instant now) {
    boolean usual = of(channel).noneMatch(NoticeRules::tells);
    return Stream.concat(of(channel), usual ? Stream.of(DEFAULT) : Stream.empty())
        .filter(rule -> names(rule, event) && holds(rule, event, now))
        .findFirst()
        .map(NoticeRules::tells)
        .orElse(false);
  }

  private Stream<NoticeRule> of(String channel) {
    return rules.stream()
        .filter(
            rule ->
                rule.channel().equals(NoticeRule.EVERY_CHANNEL) || rule.channel().equals(channel));
  }

  private static boolean tells(NoticeRule rule) {
    return rule.effect() == NoticeRule.Effect.TELL;
  }

  private static boolean names(NoticeRule rule, EventRecord event) {
    return fits(rule.events(), event.latest().event())
        && fits(rule.sites(), event.key().site())
        && fits(rule.devices(), event.latest().device());
  }

  private static boolean holds(NoticeRule rule, EventRecord event, Instant now) {
    return fits(rule.modes(), event.latest().mode())
        && (rule.window() == null || rule.window().contains(now))
        && rule.standings().contains(Standing.of(event.judgement()))
        && event.latest().posterior() >= rule.minimumPosterior();
  }

  private static boolean fits(Set<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  /** Returns whether an event is one that saves lives. */
  public boolean isLifeSafety(EventRecord event) {
    return lifeSafety.contains(event.latest().event());
  }

  /** Returns a channel; empty when it is not configured. */
  Optional<ChannelScope> channel(String name) {
    return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
  }
}
