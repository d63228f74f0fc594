package org.earshot.agent.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.earshot.agent.Kernels;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.health.DeviceStatus;
import org.earshot.audio.capture.Capture;
import org.earshot.audio.capture.CaptureSource;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.clip.ClipBudget;
import org.earshot.clip.ClipCutter;
import org.earshot.clip.ClipRing;
import org.earshot.clip.ClipSettings;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;
import org.earshot.event.StateMessage;
import org.earshot.guard.Guard;
import org.earshot.guard.GuardListener;
import org.earshot.guard.GuardMode;
import org.earshot.guard.GuardSettings;
import org.earshot.guard.PanelState;
import org.earshot.guard.SettingsStore;
import org.earshot.heads.HeadRequests;
import org.earshot.heads.HeadStore;
import org.earshot.heads.TrustedKeys;
import org.earshot.model.SoundModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that listens: every microphone with its own capture, detector and clips; one guard, one
 * desk, one uplink.
 *
 * <p>Threads: {@code capture-NAME}, {@code watch-NAME} and {@code detect-NAME} for each microphone,
 * {@code desk}, {@code uplink}, {@code uplink-io}, {@code rounds}. A replay as fast as possible
 * does the desk's work in the detect thread, so that it depends on nothing but the recording.
 */
public final class Device implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);
  private static final String SETTINGS_FILE = "settings";
  private static final int LONGEST_DELAY_SECONDS = 20; // from an onset to its alert
  private static final long BEHIND_SAMPLES = 60L * Alert.SAMPLE_RATE_HZ;

  /**
   * A microphone or a recording in its place.
   *
   * @param name of the microphone in messages
   */
  public record Input(String name, CaptureSource source) {}

  /**
   * What a device is made of.
   *
   * @param model that it hears with
   * @param modelName for messages
   * @param version of this program
   * @param state folder for outbox and settings
   * @param fast whether the inputs are replayed as fast as possible
   */
  public record Setup(
      DeviceConfig config,
      SoundModel model,
      String modelName,
      String version,
      Path state,
      boolean fast) {}

  private final Setup setup;
  private final Clock clock;
  private final Instant started;
  private final HeardEvents heard;
  private final Tasks tasks;
  private final DeviceProblems problems;
  private final SettingsStore store;
  private final HeadKeeper heads;
  private final Guard guard;
  private final BrokerSide broker; // null without one
  private final Answers answers;
  private final Desk desk;
  private final List<Ear> ears = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Rounds rounds;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes a device; {@link #start} starts it.
   *
   * @param configFile to read again on command; null for none
   * @param announcers told of every alert
   * @throws IOException when the state's folder or a file of the configuration cannot be used
   */
  public Device(
      Setup setup, List<Input> inputs, Path configFile, List<Announcer> announcers, Clock clock)
      throws IOException {
    this.setup = setup;
    this.clock = clock;
    this.started = clock.instant();
    DeviceConfig config = setup.config;
    Files.createDirectories(setup.state);
    problems = new DeviceProblems(clock);
    heard = new HeardEvents(this);
    heads =
        new HeadKeeper(
            HeadStore.open(
                HeadRequests.headsFolder(setup.state),
                setup.model,
                TrustedKeys.read(config.trustedKeys()),
                this::headUnusable),
            HeadRequests.folder(setup.state),
            problems,
            heard::follow);
    heard.begin(heads.model().events());
    config.checkEvents(Set.copyOf(events()));
    tasks = setup.fast ? Tasks.inline() : Tasks.queued();
    store =
        new SettingsStore(
            setup.state.resolve(SETTINGS_FILE),
            (file, reason) -> problems.begin("damaged", "settings", file + ": " + reason));
    GuardSettings configured = GuardSetup.settings(config, Set.copyOf(events()), started);
    Commander commander = new Commander(this, configFile);
    broker =
        config.broker() == null ? null : new BrokerSide(config, setup.state, problems, commander);
    guard =
        new Guard(
            GuardSetup.rules(config.guard(), clock.getZone()),
            store.load(configured),
            clock,
            new Changes());
    answers = new Answers(config, broker, problems, this::tellState, clock);
    List<Announcer> all = new ArrayList<>(announcers);
    all.add(answers);
    desk =
        new Desk(
            new Desk.Identity(config.site(), config.device(), setup.modelName),
            guard,
            new ClipBudget(
                Duration.ofMillis(Math.round(1000 * config.clip().cooldownSeconds())),
                config.clip().mostPerHour()),
            new EventIds(clock, RandomGenerator.getDefault()),
            tasks,
            broker == null ? Post.NOWHERE : broker.post(),
            all,
            answers::makes,
            this::storage);
    for (Input input : inputs) {
      ears.add(ear(input));
    }
    rounds = new Rounds(this);
  }

  private Ear ear(Input input) {
    ClipSettings clips = ClipSetup.settings(setup.config.clip());
    ClipRing ring = new ClipRing(clips.ringSamples(LONGEST_DELAY_SECONDS * Alert.SAMPLE_RATE_HZ));
    StreamingDetector detector =
        new StreamingDetector(
            heads.model(),
            FeatureSpec.standard(),
            Set.copyOf(events()),
            GuardSetup.sensitivity(guard.settings()),
            Kernels.choose());
    Capture capture = new Capture(input.name, input.source, problems.ofMicrophone(input.name));
    return new Ear(
        input.name,
        capture,
        detector,
        new ClipCutter(ring, clips, desk),
        new StreamClock(clock, !input.source.isFinite()),
        desk,
        ears.isEmpty() ? answers::heard : (samples, length, startSample) -> {});
  }

  /** Starts to listen and to tell. */
  public void start() {
    if (broker != null) {
      problems.whenChanged(broker::retain);
      heard.describe();
      broker.retain(problems.message());
      broker.retainSensitivity(guard.settings(), events());
      broker.retainSiren(false);
      events().forEach(event -> broker.post().sounding(event, false));
      tellState();
      broker.start();
    }
    for (Ear ear : ears) {
      Thread thread = new Thread(ear, "detect-" + ear.name());
      threads.add(thread);
      ear.capture().start();
      thread.start();
    }
    rounds.start();
    LOG.info(
        "listening with {} for {}; mode {}",
        String.join(", ", ears.stream().map(Ear::name).toList()),
        String.join(", ", events()),
        guard.mode().text());
  }

  private void headUnusable(String what, String reason) {
    LOG.error("{} cannot be used: {}", what, reason);
    problems.begin("head_unusable", "heads", what + ": " + reason);
  }

  /** Has something done to the heads, soon, on the desk's thread. Any thread. */
  void changeHeads(Consumer<HeadKeeper> change) {
    tasks.run(() -> change.accept(heads));
  }

  /** Waits until every input has ended: for recordings; microphones never end. */
  public void awaitEnd() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Returns why an input ended early, in one line each. */
  public List<String> failures() {
    return ears.stream().flatMap(ear -> ear.capture().failure().stream()).toList();
  }

  /** Whether every detect thread lives and keeps up: what a watchdog wants to know. */
  public boolean isAlive() {
    for (int i = 0; i < threads.size(); i++) {
      Ear ear = ears.get(i);
      long waiting =
          ear.capture().capturedSamples() - ear.capture().droppedSamples() - ear.processedSamples();
      if (!threads.get(i).isAlive() || waiting > BEHIND_SAMPLES) {
        return false;
      }
    }
    return true;
  }

  /** Returns the device as it is now. */
  public DeviceStatus status() {
    return new DeviceStatus(
        setup.version,
        Duration.between(started, clock.instant()),
        guard.panel().text(),
        ears.stream().map(ear -> ear.status(problems.of(ear.name()))).toList(),
        broker == null ? null : broker.brokerStatus(),
        broker == null ? new DeviceStatus.Outbox(0, 0, 0) : broker.outboxStatus(),
        desk.told(),
        desk.suppressed(),
        tasks.lost());
  }

  long suppressedClips() {
    return desk.suppressedClips();
  }

  /** Kind of the first problem of a microphone; empty while it hears. */
  String problemOf(Ear ear) {
    return ear.capture().problems().stream().findFirst().map(DeviceProblems::word).orElse("");
  }

  void deleteClip(EventId id) {
    desk.deleteClip(id);
  }

  void arm(String mode, String cause) {
    guard.arm(GuardMode.parse(mode), cause);
  }

  Guard guard() {
    return guard;
  }

  SettingsStore store() {
    return store;
  }

  BrokerSide broker() {
    return broker;
  }

  Answers answers() {
    return answers;
  }

  List<String> events() {
    return heard.now();
  }

  Setup setup() {
    return setup;
  }

  List<Ear> ears() {
    return ears;
  }

  Clock clock() {
    return clock;
  }

  /** Says what the device is; retained. One at a time, so that the latest is what stays. */
  synchronized void tellState() {
    if (broker == null || guard == null) {
      return; // a guard catches up with its schedules while it is made; start() tells what came of
      // it
    }
    PanelState panel = guard.panel();
    broker.retain(panel);
    broker.retain(
        new StateMessage(
            true,
            clock.instant(),
            setup.version,
            setup.modelName,
            guard.mode().text(),
            panel.text(),
            ears.stream().map(Ear::name).toList(),
            events(),
            heads.taken(),
            answers.listener()));
  }

  private void storage(String detail) {
    if (detail.isEmpty()) {
      problems.end("disk", "outbox");
    } else {
      problems.begin("disk", "outbox", detail);
    }
  }

  /** Ends it all in order; what was announced and not yet sent stays on disk. Idempotent. */
  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    rounds.close();
    for (Ear ear : ears) {
      ear.capture().close();
    }
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tasks.close();
    answers.close();
    if (broker != null) {
      flush();
      broker.close();
    }
    LOG.info("no longer listening");
  }

  private void flush() {
    try {
      broker.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the guard decides goes to disk, to the microphones and to the broker. */
  private final class Changes implements GuardListener {
    @Override
    public void panelChanged(PanelState before, PanelState now, String cause) {
      LOG.info("{} -> {} ({})", before.text(), now.text(), cause);
      tellState();
    }

    @Override
    public void settingsChanged(GuardSettings settings) {
      for (Ear ear : ears) {
        ear.setSensitivity(GuardSetup.sensitivity(settings));
      }
      if (broker != null) {
        broker.retainSensitivity(settings, events());
      }
      tasks.run(() -> save(settings));
    }

    private void save(GuardSettings settings) {
      try {
        store.save(settings);
        problems.end("disk", "settings");
      } catch (IOException e) {
        LOG.error("settings could not be stored: {}", e.getMessage());
        problems.begin("disk", "settings", "could not be stored: " + e.getMessage());
      }
    }
  }
}
