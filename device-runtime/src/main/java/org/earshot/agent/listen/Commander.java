package org.earshot.agent.listen;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.event.CommandMessage;
import org.earshot.guard.Guard;
import org.earshot.guard.GuardMode;
import org.earshot.guard.GuardSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what commands ask for; one that makes no sense is logged and changes nothing. */
final class Commander implements BrokerSide.Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commander.class);
  private static final String CAUSE = "command";

  private final Device device;
  private final Path configFile; // null for none

  Commander(Device device, Path configFile) {
    this.device = device;
    this.configFile = configFile;
  }

  @Override
  public void takeHead(byte[] file) {
    device.changeHeads(heads -> heads.take(file, "the head update"));
  }

  @Override
  public void obey(CommandMessage command) {
    try {
      if (command instanceof CommandMessage.SetMode mode) {
        device.arm(mode.mode(), CAUSE);
      } else if (command instanceof CommandMessage.SelectEvents selection) {
        requireKnown(selection.events());
        device.guard().select(GuardMode.parse(selection.mode()), selection.events());
      } else if (command instanceof CommandMessage.SetSensitivity sensitivity) {
        requireKnown(Set.of(sensitivity.event()));
        device.guard().setSensitivity(sensitivity.event(), sensitivity.value());
      } else if (command instanceof CommandMessage.SoundSiren siren) {
        device.answers().siren(siren);
      } else if (command instanceof CommandMessage.ListenLive live) {
        device.answers().live(live);
      } else if (command instanceof CommandMessage.DeleteClip clip) {
        device.deleteClip(clip.id());
      } else if (command instanceof CommandMessage.RemoveHead head) {
        device.changeHeads(heads -> heads.remove(head.event()));
      } else if (command instanceof CommandMessage.RollBackHead head) {
        device.changeHeads(heads -> heads.rollBack(head.event()));
      } else {
        reload();
      }
    } catch (IllegalArgumentException | IOException e) {
      LOG.warn("{} is not obeyed: {}", command.getClass().getSimpleName(), e.getMessage());
    }
  }

  private void requireKnown(Set<String> events) {
    for (String event : events) {
      if (!device.events().contains(event)) {
        throw new IllegalArgumentException(
            "no head for '" + event + "'; there are " + String.join(", ", device.events()));
      }
    }
  }

  /** Guard and sensitivities change; everything else waits for a restart. */
  private void reload() throws IOException {
    if (configFile == null) {
      throw new IOException("there is no configuration file to read again");
    }
    DeviceConfig config = DeviceConfig.read(configFile);
    Set<String> events = Set.copyOf(device.events());
    config.checkEvents(events);
    Instant now = device.clock().instant();
    Guard guard = device.guard();
    GuardSettings configured = GuardSetup.settings(config, events, now);
    guard.reload(
        GuardSetup.rules(config.guard(), device.clock().getZone()),
        device.store().reconfigure(guard.settings(), configured));
    LOG.info(
        "{} was read again: [guard] and [sensitivity] hold, the rest after a restart", configFile);
  }
}
