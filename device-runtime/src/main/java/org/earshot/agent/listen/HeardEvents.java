package org.earshot.agent.listen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.earshot.guard.GuardMode;
import org.earshot.model.SoundModel;
import org.earshot.uplink.DeviceDescription;

/**
 * The events that a device hears, and who has to know when they change: ears, guard, broker.
 *
 * <p>Changes come on the desk's thread; {@link #now} is for any.
 */
final class HeardEvents {
  private final Device device;
  private final List<String> former = new ArrayList<>(); // since the start, and no longer
  private volatile List<String> events = List.of();

  HeardEvents(Device device) {
    this.device = device;
  }

  /** Says what is heard from the start. */
  void begin(List<String> first) {
    events = first;
  }

  /** Returns the labels, in the model's order. */
  List<String> now() {
    return events;
  }

  /** Describes the device to Home Assistant. */
  void describe() {
    Device.Setup setup = device.setup();
    device
        .broker()
        .describe(
            new DeviceDescription(
                device.broker().topics(),
                "Earshot " + setup.config().device(),
                setup.version(),
                events,
                former,
                setup.config().live().enabled()));
  }

  /** Has everybody follow a model with other heads. */
  void follow(SoundModel model) {
    List<String> added = new ArrayList<>(model.events());
    added.removeAll(events);
    List<String> removed = new ArrayList<>(events);
    removed.removeAll(model.events());
    events = model.events();
    former.removeAll(added);
    former.addAll(removed);
    for (Ear ear : device.ears()) {
      ear.setHeads(model.heads());
    }
    if (device.broker() != null) {
      device.broker().forget(removed);
      added.forEach(event -> device.broker().post().sounding(event, false));
      describe();
    }
    if (!added.isEmpty()) {
      selectInEveryMode(added);
    }
    device.tellState();
  }

  /** A sound that its owner has just taught counts until it is deselected. */
  private void selectInEveryMode(List<String> added) {
    for (GuardMode mode : GuardMode.values()) {
      Set<String> selection = new TreeSet<>(device.guard().settings().selection().get(mode));
      selection.addAll(added);
      device.guard().select(mode, selection);
    }
  }
}
