package org.earshot.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.config.MicrophoneConfig;
import org.earshot.agent.health.HealthServer;
import org.earshot.agent.health.Watchdog;
import org.earshot.agent.listen.Announcer;
import org.earshot.agent.listen.Device;
import org.earshot.agent.listen.Microphones;
import org.earshot.audio.capture.CaptureClock;
import org.earshot.audio.capture.CaptureSource;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Listens all day: the device itself. */
@Command(
    name = "listen",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Listens to microphones, or to recordings in their place, and tells a broker what it hears.",
      "",
      "Every alert is also a line on standard output: time, id, microphone, event, phase and",
      "posterior, separated by tabs. Without a broker nothing leaves this machine.",
      "Ends at the end of the recordings, or on SIGTERM or SIGINT."
    })
final class ListenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;
  @Mixin private MicrophoneOption microphoneOption;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (TOML); without one, the defaults hold.")
  private Path config;

  @Option(
      names = "--wav",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Recordings (WAV or FLAC), one after another, in place of a microphone.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--real-time",
      description = "Plays the recordings at their own pace; else as fast as possible.")
  private boolean realTime;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description = "MQTT broker in place of the configuration's: mqtt://HOST or mqtts://HOST.")
  private String broker;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder for what waits for the broker and for settings changed at run time.")
  private Path state;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!recordings.isEmpty() && microphoneOption.isGiven()) {
      throw new ParameterException(spec.commandLine(), "--wav and --mic exclude one another");
    }
    DeviceConfig configuration = configuration();
    SoundModel model = modelOption.load();
    Device.Setup setup =
        new Device.Setup(
            configuration,
            model,
            modelName(model),
            EarshotVersion.text(),
            state(configuration),
            !recordings.isEmpty() && !realTime);
    PrintWriter out = spec.commandLine().getOut();
    Device device =
        new Device(
            setup,
            inputs(configuration),
            config,
            List.of(lines(out)),
            Clock.system(ZoneId.systemDefault()));
    return run(device, configuration, spec.commandLine().getErr());
  }

  private static int run(Device device, DeviceConfig configuration, PrintWriter err)
      throws IOException, InterruptedException {
    Thread closing = new Thread(() -> close(device), "closing");
    Runtime.getRuntime().addShutdownHook(closing);
    HealthServer health = null;
    try (device) {
      if (configuration.healthPort() > 0) {
        health = new HealthServer(configuration.healthPort(), device::status);
      }
      device.start();
      Watchdog watchdog = Watchdog.start(System.getenv(), device::isAlive);
      try {
        device.awaitEnd();
      } finally {
        watchdog.close();
      }
    } finally {
      if (health != null) {
        health.close();
      }
      removeHook(closing);
    }
    List<String> failures = device.failures();
    failures.forEach(failure -> err.println("earshot: " + Messages.line(failure)));
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.BAD_INPUT;
  }

  private static void close(Device device) {
    try {
      device.close();
    } catch (IOException e) {
      System.err.println("earshot: " + Messages.of(e));
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine is going down: the hook runs already.
    }
  }

  private DeviceConfig configuration() throws IOException {
    DeviceConfig read = config == null ? DeviceConfig.standard() : DeviceConfig.read(config);
    if (broker == null) {
      return read;
    }
    BrokerConfig other = read.broker() == null ? null : read.broker().movedTo(broker);
    return read.withBroker(other == null ? BrokerConfig.at(broker) : other);
  }

  private Path state(DeviceConfig configuration) throws IOException {
    if (state != null) {
      return state;
    }
    if (config != null) {
      return configuration.state();
    }
    String home = System.getenv("XDG_STATE_HOME");
    Path base =
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(home);
    return Files.createDirectories(base.resolve("earshot"));
  }

  private List<Device.Input> inputs(DeviceConfig configuration) {
    if (!recordings.isEmpty()) {
      CaptureSource replay =
          realTime
              ? ReplaySource.paced(recordings, CaptureClock.system())
              : ReplaySource.fast(recordings);
      return List.of(new Device.Input("recording", replay));
    }
    List<MicrophoneConfig> microphones =
        microphoneOption.isGiven()
            ? List.of(microphoneOption.microphone())
            : configuration.microphones();
    List<Device.Input> inputs = new ArrayList<>();
    for (MicrophoneConfig each : microphones) {
      inputs.add(new Device.Input(each.name(), Microphones.source(each)));
    }
    return inputs;
  }

  private static Announcer lines(PrintWriter out) {
    return message -> {
      out.printf(
          Locale.ROOT,
          "%s\t%s\t%s\t%s\t%s\t%.3f%n",
          message.at(),
          message.id(),
          message.microphone(),
          message.event(),
          message.phase().name().toLowerCase(Locale.ROOT),
          message.posterior());
      out.flush();
    };
  }

  /** The first digits of the base's fingerprint tell models apart. */
  private static String modelName(SoundModel model) {
    byte[] fingerprint = model.base().fingerprint();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      name.append(String.format("%02x", fingerprint[i]));
    }
    return name.toString();
  }
}
