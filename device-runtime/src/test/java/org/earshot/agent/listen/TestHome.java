package org.earshot.agent.listen;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.audio.capture.CaptureSource;
import org.earshot.event.EventMessage;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;

/** A device with the shipped model in a folder of a test's own, and what it announced. */
final class TestHome {
  /** When every stream begins: the clock of this home stands still. */
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  /** Configuration in which everything counts. */
  static final String EVERY_EVENT =
      """
      [guard.events]
      home = ["smoke_alarm", "co_alarm", "glass_break", "footsteps", "door_close", "door_knock", "baby_cry", "dog_bark", "siren"]
      """;

  /** Configuration in which everything counts and every alert has a clip. */
  static final String EVERYTHING =
      """
      [clip]
      cooldown_seconds = 0
      most_per_hour = 1000
      """
          + EVERY_EVENT;

  private static final Path DEMO = Path.of("demo");
  private static final Path MODELS = Path.of("..", "models");

  final List<EventMessage> announced = Collections.synchronizedList(new ArrayList<>());
  private final Path folder;
  private final SoundModel model;
  private final Path config;

  /**
   * @param broker null for none
   * @param tables of the configuration
   */
  TestHome(Path folder, URI broker, String tables) throws IOException {
    this.folder = folder;
    model = ModelFile.read(MODELS);
    config = folder.resolve("earshot.toml");
    String url = broker == null ? "" : "[broker]\nurl = \"" + broker + "\"\n";
    Files.writeString(config, "[device]\nname = \"hall\"\n" + url + tables);
  }

  /** Where its configuration stands. */
  Path config() {
    return config;
  }

  Path state() {
    return folder.resolve("state");
  }

  /** Makes a device with one microphone; what is here from an earlier one, it takes over. */
  Device device(CaptureSource source) throws IOException {
    return device(source, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  Device device(CaptureSource source, Clock clock) throws IOException {
    return device(source, clock, announced::add);
  }

  Device device(CaptureSource source, Clock clock, Announcer announcer) throws IOException {
    return device(List.of(new Device.Input("kitchen", source)), clock, announcer);
  }

  /** Makes a device with several microphones: all of them real, or none. */
  Device device(List<Device.Input> inputs, Clock clock, Announcer announcer) throws IOException {
    boolean fast = inputs.get(0).source().isFinite();
    return new Device(
        new Device.Setup(DeviceConfig.read(config), model, "m1", "1.0", state(), fast),
        inputs,
        config,
        List.of(announcer),
        clock);
  }

  /** Returns one of the demo's recordings. */
  static Path demo(String name) {
    return DEMO.resolve(name + ".wav");
  }

  /** Returns all of the demo's recordings. */
  static List<Path> demo() throws IOException {
    try (Stream<Path> files = Files.list(DEMO)) {
      return files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
  }
}
