package org.earshot.cloud.notify;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a channel is for, whatever the rules say.
 *
 * @param name of the channel: 1 to 64 letters, digits, {@code _}, {@code -}
 * @param sites homes that it may hear of; empty: all. Where one server has homes of different
 *     owners, every channel must name its own
 * @param endings whether it is told that an event is over; default: yes for MQTT and webhooks,
 *     which computers read, no for ntfy and mail, where each message is a sound in the night
 */
public record ChannelScope(String name, Set<String> sites, boolean endings) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Copies the set; throws IllegalArgumentException when the name cannot be one. */
  public ChannelScope {
    checkName(name);
    sites = Set.copyOf(sites);
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "channel '" + name + "'; wanted 1 to 64 letters, digits, '_' and '-'");
    }
  }

  boolean covers(String site) {
    return sites.isEmpty() || sites.contains(site);
  }
}
