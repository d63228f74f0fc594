package org.earshot.cloud.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earshot.agent.ModelOption;
import org.earshot.agent.TruthTable;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.listen.Device;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.cloud.broker.EmbeddedBroker;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Shows a device at work: recordings in place of a microphone, a broker, and what an owner gets.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a device at work, in one process: it hears the demo recordings, tells a broker, and an",
      "owner gets messages and clips. Nothing leaves this machine.",
      "",
      "With --detection only the detector is shown, live in the terminal: 'demo --detection --help'."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final long ARRIVAL_MILLIS = 30_000;

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

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed >= 0.1 && speed <= 100)) {
      throw new ParameterException(spec.commandLine(), "--speed: wanted 0.1 to 100");
    }
    // The story says the same in plain words.
    System.setProperty("org.slf4j.simpleLogger.log.org.earshot", "error");
    Path work = Files.createTempDirectory("earshot-demo");
    try {
      return show(work);
    } finally {
      delete(work);
    }
  }

  private int show(Path work) throws IOException, InterruptedException {
    PrintWriter screen = spec.commandLine().getOut();
    SoundModel model = modelOption.load();
    Programme programme = Programme.of(recordings);
    Path clips = out == null ? work.resolve("clips") : out;
    try (EmbeddedBroker broker = new EmbeddedBroker(0)) {
      screen.printf(
          Locale.ROOT,
          "A broker at %s, a device that hears %d recordings at %.3g x real time, and you.%n%n",
          broker.url(),
          programme.parts().size(),
          speed);
      Story story = new Story(screen, programme);
      try (Owner owner = new Owner(broker.port(), clips, story)) {
        Set<EventId> announced = new HashSet<>();
        Device device = device(model, broker, work, programme, story, announced);
        try (device) {
          device.start();
          device.awaitEnd();
        }
        boolean complete = owner.await(announced, ARRIVAL_MILLIS);
        summary(screen, programme, owner, story.start());
        if (!complete) {
          screen.println("Not everything that the device announced has arrived.");
        }
        if (out != null) {
          screen.println("The clips are in " + out + ".");
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

  private static void summary(PrintWriter screen, Programme programme, Owner owner, Instant start) {
    Map<EventId, EventMessage> unmatched = new HashMap<>(owner.alerts());
    Map<EventId, Owner.Clip> clips = owner.clips();
    int sounds = 0;
    int heard = 0;
    screen.printf("%n  %-26s %-14s %-22s %s%n", "recording", "sound", "the owner was told", "clip");
    for (Programme.Part part : programme.parts()) {
      for (TruthTable.Sound sound : part.truth()) {
        sounds++;
        EventMessage found = null;
        for (EventMessage message : new ArrayList<>(unmatched.values())) {
          double onset = seconds(start, message.onset()) - part.fromSeconds();
          if (message.event().equals(sound.event()) && sound.isMetBy(onset)) {
            unmatched.remove(message.id());
            found = found == null || message.at().isBefore(found.at()) ? message : found;
          }
        }
        heard += found == null ? 0 : 1;
        screen.printf(
            "  %-26s %-14s %-22s %s%n",
            part.name(), sound.event(), told(part, sound, found, start), clip(found, clips));
      }
    }
    double clipSeconds = clips.values().stream().mapToDouble(Owner.Clip::seconds).sum();
    screen.printf(
        Locale.ROOT,
        "%n%d of %d sounds told, %d false alerts. Of %.0f s of sound that were heard, %.0f s left the"
            + " device, in %d clips.%n",
        heard,
        sounds,
        unmatched.size(),
        programme.seconds(),
        clipSeconds,
        clips.size());
  }

  private static String told(
      Programme.Part part, TruthTable.Sound sound, EventMessage found, Instant start) {
    if (found == null) {
      return "missed";
    }
    double delay = seconds(start, found.at()) - part.fromSeconds() - sound.onsetSeconds();
    return String.format(Locale.ROOT, "after %.1f s", Math.max(0, delay));
  }

  private static String clip(EventMessage found, Map<EventId, Owner.Clip> clips) {
    Owner.Clip clip = found == null ? null : clips.get(found.id());
    return clip == null
        ? ""
        : String.format(Locale.ROOT, "%.1f s, %d kB", clip.seconds(), clip.bytes() / 1000);
  }

  static double seconds(Instant start, Instant at) {
    return Duration.between(start, at).toMillis() / 1000.0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Tells what happens, line by line, by the time of the recordings. */
  private static final class Story implements Owner.Listener {
    private final PrintWriter screen;
    private final Programme programme;
    private Instant start;

    Story(PrintWriter screen, Programme programme) {
      this.screen = screen;
      this.programme = programme;
    }

    synchronized void begin(Instant now) {
      start = now;
    }

    synchronized Instant start() {
      return start;
    }

    synchronized void device(EventMessage message) {
      if (message.phase() == Phase.OPENED) {
        double now = seconds(start, message.at());
        line(now, "device", message.event() + " in " + programme.at(now).name());
      }
    }

    @Override
    public synchronized void message(EventMessage message) {
      if (message.phase() != Phase.UPDATED) {
        boolean over = message.phase() == Phase.ENDED;
        line(
            seconds(start, message.at()),
            "owner",
            String.format(
                Locale.ROOT,
                "%s %s, posterior %.2f",
                message.event(),
                over ? "is over" : "in the " + message.microphone(),
                message.posterior()));
      }
    }

    @Override
    public synchronized void clip(Owner.Clip clip) {
      screen.printf(
          Locale.ROOT,
          "  %8s  %-7s clip of %s: %.1f s, %d kB%n",
          "",
          "owner",
          clip.event() == null ? clip.id() : clip.event(),
          clip.seconds(),
          clip.bytes() / 1000);
      screen.flush();
    }

    @Override
    public synchronized void unreadable(String topic, String reason) {
      screen.println("  unreadable: " + topic + ": " + reason);
    }

    private void line(double seconds, String who, String what) {
      screen.printf(
          Locale.ROOT,
          "  %02d:%04.1f  %s %s%n",
          (int) (seconds / 60),
          seconds % 60,
          String.format("%-8s", who),
          what);
      screen.flush();
    }
  }
}
