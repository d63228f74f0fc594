package org.earshot.cloud.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earshot.agent.ModelOption;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.listen.Device;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.cloud.Logs;
import org.earshot.cloud.broker.EmbeddedBroker;
import org.earshot.event.EventId;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Shows a device at work: recordings in place of a microphone, a broker, the verifier with its
 * history page, and what an owner gets.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a device at work, in one process: it hears the demo recordings, tells a broker, the",
      "verifier hears the clips again, and an owner gets messages and clips and has a history page.",
      "Nothing leaves this machine, and nothing is kept.",
      "",
      "With --detection only the detector is shown, live in the terminal: 'demo --detection --help'."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final long ARRIVAL_MILLIS = 60_000;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "Folder of recordings with truth.tsv (here: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:earshot.demo:-device-runtime/demo}")
  private Path recordings;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "8",
      description = "Times real time, 0.1 to 100 (${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keeps the clips here; else they are deleted at the end.")
  private Path out;

  @Option(
      names = "--page",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the history page; 0 for any free one (${DEFAULT-VALUE}).")
  private int page;

  @Option(
      names = "--stay",
      description = "Keeps the history page open at the end, until Enter or SIGTERM.")
  private boolean stay;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed >= 0.1 && speed <= 100)) {
      throw new ParameterException(spec.commandLine(), "--speed: wanted 0.1 to 100");
    }
    if (page < 0 || page > 65_535) {
      throw new ParameterException(spec.commandLine(), "--page: wanted 0 to 65535");
    }
    // The story says the same in plain words.
    Logs.onlyErrors();
    Path work = Files.createTempDirectory("earshot-demo");
    try (Stay until = stay ? Stay.begin(System.in) : null) {
      try {
        return show(work, until);
      } finally {
        delete(work);
      }
    }
  }

  /**
   * Plays all.
   *
   * @param until what to wait for at the end; null for nothing
   */
  private int show(Path work, Stay until) throws IOException, InterruptedException {
    PrintWriter screen = spec.commandLine().getOut();
    SoundModel model = modelOption.load();
    Programme programme = Programme.of(recordings);
    Path clips = out == null ? work.resolve("clips") : out;
    try (EmbeddedBroker broker = new EmbeddedBroker(0);
        DemoCloud cloud =
            DemoCloud.open(modelOption.path(), model, work.resolve("cloud"), broker.url(), page)) {
      screen.printf(
          Locale.ROOT,
          "A broker at %s, a device that hears %d recordings at %.3g x real time, and you.%n",
          broker.url(),
          programme.parts().size(),
          speed);
      screen.println(
          cloud == null
              ? "No verifier: " + modelOption.path() + " has none, so there is no history page."
              : cloud.invitation());
      screen.println();
      screen.flush();
      Story story = new Story(screen, programme);
      try (Owner owner = new Owner(broker.port(), clips, story)) {
        Set<EventId> announced = new HashSet<>();
        Device device = device(model, broker, work, programme, story, announced);
        try (device) {
          device.start();
          device.awaitEnd();
        }
        boolean complete = owner.await(announced, cloud != null, ARRIVAL_MILLIS);
        new Summary(programme, owner, story.start(), cloud != null).print(screen);
        if (!complete) {
          screen.println("Not everything that the device announced has arrived.");
        }
        if (out != null) {
          screen.println("The clips are in " + out + ".");
        }
        if (until != null && cloud != null) {
          screen.println();
          screen.println(cloud.invitation());
          screen.println("Press Enter to end.");
          screen.flush();
          until.await();
        }
        screen.flush();
        return complete ? 0 : 1;
      }
    }
  }

  private Device device(
      SoundModel model,
      EmbeddedBroker broker,
      Path work,
      Programme programme,
      Story story,
      Set<EventId> announced)
      throws IOException {
    Path config = work.resolve("earshot.toml");
    Files.writeString(config, toml(model.events()));
    Device.Setup setup =
        new Device.Setup(
            DeviceConfig.read(config).withBroker(BrokerConfig.at(broker.url())),
            model,
            "demo",
            "demo",
            work.resolve("state"),
            false);
    Clock clock = Clock.system(ZoneId.systemDefault());
    story.begin(clock.instant());
    return new Device(
        setup,
        List.of(
            new Device.Input(
                "living room", ReplaySource.paced(programme.files(), new SpeedClock(speed)))),
        null,
        List.of(
            message -> {
              announced.add(message.id());
              story.device(message);
            }),
        clock);
  }

  /** Everything that the model hears counts, and every alert has its clip. */
  private static String toml(List<String> events) {
    String list = events.stream().map(event -> '"' + event + '"').collect(Collectors.joining(", "));
    return """
        [device]
        site = "demo"
        name = "speaker"
        [guard]
        mode = "home"
        [guard.events]
        home = [%s]
        [clip]
        cooldown_seconds = 0
        [siren]
        output = "none"
        """
        .formatted(list);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
