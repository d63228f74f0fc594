package org.earshot.uplink;

import java.util.List;
import java.util.Objects;
import org.earshot.event.Topics;

/**
 * What Home Assistant is told about a device.
 *
 * @param topics of the device
 * @param name for people, such as {@code Earshot hall}
 * @param softwareVersion of this program
 * @param events labels that it can hear
 * @param formerEvents labels that it could hear since it started and no longer can
 * @param live whether live listening is enabled in the configuration; without it there is no switch
 */
public record DeviceDescription(
    Topics topics,
    String name,
    String softwareVersion,
    List<String> events,
    List<String> formerEvents,
    boolean live) {
  /** Throws NullPointerException when something is missing. */
  public DeviceDescription {
    Objects.requireNonNull(topics, "topics");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(softwareVersion, "softwareVersion");
    events = List.copyOf(events);
    formerEvents = List.copyOf(formerEvents);
  }
}
