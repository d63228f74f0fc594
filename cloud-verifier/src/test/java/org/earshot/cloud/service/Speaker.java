package org.earshot.cloud.service;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.listen.Device;
import org.earshot.audio.capture.CaptureClock;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.event.Topics;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;

/** Real devices, with recordings in place of microphones. */
final class Speaker {
  static final Topics TOPICS = new Topics(Installation.SITE, "speaker");

  private static final List<String> MICROPHONES = List.of("kitchen", "garden");
  private static final Path RECORDINGS = Path.of("..", "device-runtime", "demo");

  private Speaker() {}

  /**
   * Makes a device that hears each recording with a microphone of its own, all at the same time.
   *
   * @param state its folder
   * @param fast as fast as it can; else as fast as they sound
   * @param recordings names without suffix; two at most
   */
  static Device device(Path state, URI broker, boolean fast, String... recordings)
      throws IOException {
    SoundModel model = ModelFile.read(Path.of("..", "models"));
    Files.createDirectories(state);
    Path config = Files.writeString(state.resolve("earshot.toml"), toml(model.events()));
    List<Device.Input> inputs = new ArrayList<>();
    for (int i = 0; i < recordings.length; i++) {
      List<Path> files = List.of(RECORDINGS.resolve(recordings[i] + ".wav"));
      inputs.add(
          new Device.Input(
              MICROPHONES.get(i),
              fast ? ReplaySource.fast(files) : ReplaySource.paced(files, CaptureClock.system())));
    }
    return new Device(
        new Device.Setup(
            DeviceConfig.read(config).withBroker(BrokerConfig.at(broker.toString())),
            model,
            "tests",
            "tests",
            state.resolve("state"),
            fast),
        inputs,
        null,
        List.of(),
        Clock.system(ZoneId.systemDefault()));
  }

  /** Everything that the model hears counts, and every alert has its clip. */
  private static String toml(List<String> events) {
    String list = events.stream().map(event -> '"' + event + '"').collect(Collectors.joining(", "));
    return """
        [device]
        site = "%s"
        name = "%s"
        [guard]
        mode = "home"
        [guard.events]
        home = [%s]
        [clip]
        cooldown_seconds = 0
        [siren]
        output = "none"
        """
        .formatted(TOPICS.site(), TOPICS.device(), list);
  }
}
