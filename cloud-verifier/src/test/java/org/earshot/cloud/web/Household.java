package org.earshot.cloud.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.Pcm16;
import org.earshot.audio.flac.FlacWriter;
import org.earshot.cloud.store.ClipRecord;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.Databases;
import org.earshot.cloud.store.Deletion;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.JdbiAudit;
import org.earshot.cloud.store.JdbiDevices;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.Judgement;
import org.earshot.cloud.store.ModelScore;
import org.earshot.cloud.store.Samples;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.HealthMessage;
import org.earshot.event.LiveFrame;
import org.earshot.event.Phase;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.model.HeadModel;
import org.earshot.model.ModelFile;

/** A server on a real database and clip store, with homes, devices and people. */
final class Household implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";
  static final List<String> EVENTS =
      List.of("smoke_alarm", "co_alarm", "glass_break", "dog_bark", "siren");

  /** A command as it went out. */
  record Sent(String site, String device, CommandMessage command, Delivery delivery) {}

  final MutableClock clock = new MutableClock();
  final Database database;
  final JdbiHistory history;
  final JdbiDevices devices;
  final JdbiAudit audit;
  final FolderClipStore clips;
  final BlockingQueue<Sent> commands = new LinkedBlockingQueue<>();
  final List<EventId> recalled = new CopyOnWriteArrayList<>();
  final Map<Topics, Consumer<LiveFrame>> listeners = new ConcurrentHashMap<>();
  final WebServer server;
  volatile boolean brokerAway;

  private final EventIds ids;

  Household(Path folder) throws IOException {
    this(Databases.SQLITE, folder, settings -> settings);
  }

  Household(Databases kind, Path folder, UnaryOperator<WebSettings> change) throws IOException {
    database = kind.open(folder);
    history = new JdbiHistory(database, List.of(), Samples.LIFE_SAFETY);
    devices = new JdbiDevices(database);
    audit = new JdbiAudit(database);
    clips = new FolderClipStore(folder.resolve("clips"));
    ids = new EventIds(clock, new Random());
    Deletion deletion =
        new Deletion(database, history, clips, (site, device, id) -> recalled.add(id));
    WebSettings standard = WebSettings.standard(0);
    WebSettings quick =
        new WebSettings(
            standard.host(),
            0,
            "",
            List.of(),
            standard.sessionIdle(),
            standard.sessionLimit(),
            null,
            "",
            standard.clipPreRoll(),
            Duration.ofMillis(100),
            20,
            16);
    server =
        new WebServer(
            change.apply(quick),
            new WebServer.Parts(
                database,
                history,
                devices,
                audit,
                clips,
                deletion,
                this::publish,
                this::subscribe,
                heads(),
                () -> TextPage.plain(200, "ok\n"),
                () -> TextPage.plain(200, "earshot_up 1\n")),
            new SecureRandom(),
            clock);
    server.start();
  }

  static List<HeadModel> heads() throws IOException {
    return ModelFile.read(Path.of("..", "models")).heads();
  }

  private void publish(String site, String device, CommandMessage command, Delivery delivery)
      throws IOException {
    if (brokerAway) {
      throw new IOException("the broker cannot be reached");
    }
    commands.add(new Sent(site, device, command, delivery));
  }

  private LiveSource.Subscription subscribe(String site, String device, Consumer<LiveFrame> sink) {
    Topics topics = new Topics(site, device);
    listeners.put(topics, sink);
    return () -> listeners.remove(topics, sink);
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Makes the first account, an administrator who owns "home". */
  Browser admin() throws Exception {
    Browser browser = new Browser(address());
    browser.setUp(server.setupCode().orElseThrow(), "anna", PASSWORD, "home");
    return browser;
  }

  /** Has an administrator make an account with one role, and signs it in. */
  Browser member(Browser admin, String name, String site, String role) throws Exception {
    String sites = site == null ? "" : "{\"site\":\"" + site + "\",\"role\":\"" + role + "\"}";
    admin
        .post(
            "/accounts",
            "{\"name\":\""
                + name
                + "\",\"password\":\""
                + PASSWORD
                + "\",\"admin\":false,\"sites\":["
                + sites
                + "]}")
        .mustBe(201);
    Browser browser = new Browser(address());
    browser.signIn(name, PASSWORD).mustBe(200);
    return browser;
  }

  /** An event of a device, over after some seconds, with its clip. */
  EventKey happens(String site, String device, String event, Instant onset, String recording)
      throws Exception {
    EventKey key = opens(site, device, event, onset);
    ends(key, device, event, onset, onset.plusMillis(5_200));
    hasClip(key, device, recording);
    return key;
  }

  EventKey opens(String site, String device, String event, Instant onset) {
    EventKey key = new EventKey(site, ids.next());
    history.receive(
        message(key, device, event, onset, null, onset.plusMillis(900)),
        clock.instant(),
        clock.instant().plusSeconds(30));
    return key;
  }

  void ends(EventKey key, String device, String event, Instant onset, Instant offset) {
    history.receive(
        message(key, device, event, onset, offset, offset), clock.instant(), clock.instant());
  }

  private static EventMessage message(
      EventKey key, String device, String event, Instant onset, Instant offset, Instant at) {
    return new EventMessage(
        key.id(),
        event,
        offset == null ? Phase.OPENED : Phase.ENDED,
        at,
        onset,
        offset,
        0.93,
        "kitchen",
        "night",
        50,
        true,
        0,
        key.site(),
        device,
        "2026.1");
  }

  void hasClip(EventKey key, String device, String recording) throws Exception {
    byte[] flac = flac(recording);
    clips.put(key, flac);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(flac));
    history.receive(
        new ClipRecord(
            key,
            device,
            flac.length,
            sha256,
            Duration.ofMillis(samples(recording).length / 16),
            clock.instant()));
  }

  void judged(EventKey key, Verdict verdict, double probability) {
    String event =
        history
            .claim(key, "worker", clock.instant(), Duration.ofMinutes(1))
            .orElseThrow()
            .latest()
            .event();
    history.judge(
        key,
        "worker",
        new Judgement(
            verdict,
            probability,
            "verifier-3 + yamnet",
            clock.instant(),
            List.of(
                new ModelScore("verifier-3", event, probability),
                new ModelScore("verifier-3", "door_knock", 0.04),
                new ModelScore("yamnet", "Smoke detector, smoke alarm", probability * 0.9),
                new ModelScore("yamnet", "Beep, bleep", 0.21))));
  }

  /** A device that is well, in a mode. */
  void reports(String site, String device, String mode, StateMessage.Live live) {
    Instant now = clock.instant();
    devices.state(
        site,
        device,
        new StateMessage(
            true, now, "0.2.0", "2026.1", mode, mode, List.of("kitchen"), EVENTS, List.of(), live),
        now);
    devices.sensitivity(site, device, "smoke_alarm", 60, now);
    devices.health(
        site,
        device,
        new HealthMessage(
            now,
            86_400,
            21_000_000,
            0,
            0,
            0,
            0,
            3,
            12,
            1,
            List.of(
                new HealthMessage.Microphone("kitchen", "ok", -48.2, -31, 1_382_400_000, 0, 0, 1))),
        now);
  }

  void hasProblem(String site, String device) {
    Instant now = clock.instant();
    devices.problems(
        site,
        device,
        new ProblemMessage(
            now,
            List.of(
                new ProblemMessage.Problem(
                    "device_absent", "kitchen", "no capture device 'hw:1'; found: hw:0", now))),
        now);
  }

  static float[] samples(String recording) throws IOException {
    return AudioFiles.readAll16k(
        Path.of("..", "device-runtime", "demo", recording), ClipAudio.MAX_SAMPLES);
  }

  static byte[] flac(String recording) throws IOException {
    float[] samples = samples(recording);
    short[] pcm = new short[samples.length];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = Pcm16.of(samples[i]);
    }
    return FlacWriter.encode(pcm, 0, pcm.length, AudioFiles.SAMPLE_RATE_HZ);
  }

  /** What went out since the last call. */
  List<Sent> sent() {
    List<Sent> sent = new ArrayList<>();
    commands.drainTo(sent);
    return sent;
  }

  static boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
