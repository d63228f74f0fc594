package org.earshot.cloud.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.config.ConfigEnvironment;
import org.earshot.agent.config.ConfigException;
import org.earshot.agent.config.ConfigTable;
import org.earshot.cloud.ingest.IngestLimits;
import org.earshot.cloud.ingest.IngestSettings;
import org.earshot.cloud.notify.Secret;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.RetentionSettings;
import org.earshot.cloud.store.S3Settings;
import org.earshot.cloud.verify.DeadlineRules;
import org.earshot.cloud.verify.VerificationSettings;
import org.earshot.cloud.web.WebSettings;

/**
 * All that may stand in {@code cloud.toml}. Immutable; every key has a default, so no file at all
 * is a configuration: an embedded broker, SQLite and a folder.
 *
 * @param worker name of this process, empty for one that is made up
 * @param roles what it does; at least one
 * @param state folder for the database and the clips, where nothing else is said
 * @param database of the history
 * @param clipFolder where clips lie; null when they lie in S3
 * @param s3 null when clips lie in a folder
 * @param broker null for one within this process
 * @param brokerPort of the broker within this process
 * @param ingest how messages are taken in
 * @param deadlines by when owners are told
 * @param verification how clips are judged
 * @param models folder of the shipped models; the verifier is in {@code verifier} below it
 * @param yamnet TensorFlow Lite file that is asked too; null without
 * @param retention how long what is kept
 * @param web the history page
 * @param notices who is told
 * @param logJson whether log lines are JSON
 */
public record CloudConfig(
    String worker,
    Set<Role> roles,
    Path state,
    DatabaseSettings database,
    Path clipFolder,
    S3Settings s3,
    BrokerConfig broker,
    int brokerPort,
    IngestSettings ingest,
    DeadlineRules deadlines,
    VerificationSettings verification,
    Path models,
    Path yamnet,
    RetentionSettings retention,
    WebSettings web,
    NotifyConfig notices,
    boolean logJson) {
  /** Variables of the environment that stand for keys begin so. */
  public static final String VARIABLES = "EARSHOT_CLOUD_";

  private static final int SHORTEST_TOKEN = 16; // as WebSettings has it

  /** Copies the set. */
  public CloudConfig {
    roles = Set.copyOf(roles);
  }

  /**
   * Reads a file and the environment.
   *
   * @param file null for none
   * @param defaultState folder where nothing else is said
   * @param defaultModels folder of the models where nothing else is said
   * @throws ConfigException naming the key and what to write
   */
  public static CloudConfig read(
      Path file, Map<String, String> environment, Path defaultState, Path defaultModels)
      throws IOException {
    ConfigTable root = ConfigTable.read(file, ConfigEnvironment.of(VARIABLES, environment));
    ConfigTable cloud = root.table("cloud");
    Path state = Path.of(cloud.text("state", defaultState.toString()));
    String worker = cloud.text("worker", "");
    Set<Role> roles = roles(cloud);
    boolean logJson = cloud.choice("log", "text", List.of("text", "json")).equals("json");
    cloud.rejectOthers();
    ConfigTable clips = root.table("clips");
    S3Settings s3 = s3(clips.table("s3"));
    Path folder = Path.of(clips.text("folder", state.resolve("clips").toString()));
    clips.rejectOthers();
    ConfigTable verify = root.table("verify");
    DeadlineRules deadlines = deadlines(verify);
    VerificationSettings verification = verification(verify);
    Path models = Path.of(verify.text("models", defaultModels.toString()));
    Path yamnet = Checked.path(verify, "yamnet");
    verify.rejectOthers();
    int brokerPort = port(root.table("embedded_broker"));
    WebSettings web = web(root.table("web"), state);
    CloudConfig config =
        new CloudConfig(
            worker,
            roles,
            state,
            database(root.table("database"), state),
            s3 == null ? folder : null,
            s3,
            BrokerConfig.of(root.table("broker")),
            brokerPort,
            ingest(root.table("ingest")),
            deadlines,
            verification,
            models,
            yamnet,
            retention(root.table("retention")),
            web,
            NotifyConfig.of(root, web.publicUrl(), deadlines.lifeSafety()),
            logJson);
    root.rejectOthers();
    return config;
  }

  private static Set<Role> roles(ConfigTable table) throws ConfigException {
    List<String> known = Arrays.stream(Role.values()).map(Role::label).toList();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String role : table.texts("roles", known)) {
      if (!known.contains(role)) {
        throw table.wrong("roles", "any of " + String.join(", ", known));
      }
      roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
    }
    if (roles.isEmpty()) {
      throw table.wrong("roles", "at least one of " + String.join(", ", known));
    }
    return roles;
  }

  private static DatabaseSettings database(ConfigTable table, Path state) throws IOException {
    String url = table.text("url", state.resolve("history.db").toString());
    String user = table.text("user", "");
    Path passwordFile = Checked.path(table, "password_file");
    int connections = table.number("connections", 8, 1, 100);
    Duration patience = Checked.seconds(table, "patience_seconds", 10, 0.1, 300);
    table.rejectOthers();
    String password = passwordFile == null ? "" : Secret.read(passwordFile).reveal();
    return Checked.value(
        table, "url", () -> new DatabaseSettings(url, user, password, connections, patience));
  }

  private static S3Settings s3(ConfigTable table) throws IOException {
    String bucket = table.text("bucket", null);
    String address = table.text("endpoint", null);
    URI endpoint =
        address == null ? null : Checked.value(table, "endpoint", () -> URI.create(address));
    String region = table.text("region", "us-east-1");
    String prefix = table.text("prefix", "");
    Path access = Checked.path(table, "access_key_file");
    Path secret = Checked.path(table, "secret_key_file");
    boolean pathStyle = table.flag("path_style", endpoint != null);
    Duration patience = Checked.seconds(table, "patience_seconds", 30, 1, 300);
    table.rejectOthers();
    if (bucket == null && (address != null || access != null || secret != null)) {
      throw table.wrong("bucket", "the name of the bucket");
    }
    if (bucket == null) {
      return null;
    }
    String accessKey = access == null ? "" : Secret.read(access).reveal();
    String secretKey = secret == null ? "" : Secret.read(secret).reveal();
    return Checked.value(
        table,
        "bucket",
        () ->
            new S3Settings(
                endpoint, region, bucket, prefix, accessKey, secretKey, pathStyle, patience));
  }

  private static int port(ConfigTable table) throws ConfigException {
    int port = table.number("port", 1883, 0, 65_535);
    table.rejectOthers();
    return port;
  }

  private static IngestSettings ingest(ConfigTable table) throws ConfigException {
    IngestSettings usual = IngestSettings.usual();
    IngestLimits limit = usual.limits();
    String group = table.text("group", usual.group());
    int eventThreads = table.number("event_threads", usual.eventThreads(), 1, 64);
    int clipThreads = table.number("clip_threads", usual.clipThreads(), 1, 64);
    int events = table.number("events_in_flight", usual.eventsInFlight(), 1, 10_000);
    int clips = table.number("clips_in_flight", usual.clipsInFlight(), 1, 1_000);
    int clipKilobytes = table.number("clip_kilobytes", limit.clipBytes() >> 10, 1, 64 << 10);
    double longest = limit.longestClip().toSeconds();
    Duration longestClip = Checked.seconds(table, "longest_clip_seconds", longest, 1, 600);
    int burst = table.number("events", limit.events(), 1, 1_000_000);
    int rate = table.number("events_per_minute", limit.eventsPerMinute(), 1, 1_000_000);
    int clipBurst = table.number("clips", limit.clips(), 1, 1_000_000);
    int clipRate = table.number("clips_per_minute", limit.clipsPerMinute(), 1, 1_000_000);
    int devices = table.number("devices", limit.devices(), 100, 10_000_000);
    table.rejectOthers();
    return Checked.value(
        table,
        "group",
        () ->
            new IngestSettings(
                group,
                eventThreads,
                clipThreads,
                events,
                clips,
                usual.lease(),
                usual.sessionExpiry(),
                usual.quiet(),
                usual.firstRetry(),
                usual.longestRetry(),
                new IngestLimits(
                    clipKilobytes << 10, longestClip, burst, rate, clipBurst, clipRate, devices)));
  }

  private static DeadlineRules deadlines(ConfigTable table) throws ConfigException {
    DeadlineRules usual = DeadlineRules.usual();
    Duration lifeSafety = Checked.seconds(table, "life_safety_deadline_seconds", 10, 0, 600);
    Duration others = Checked.seconds(table, "deadline_seconds", 30, 0, 600);
    return new DeadlineRules(usual.lifeSafety(), lifeSafety, others);
  }

  private static VerificationSettings verification(ConfigTable table) throws ConfigException {
    int processors = Runtime.getRuntime().availableProcessors();
    VerificationSettings usual =
        VerificationSettings.usual(table.number("threads", processors, 1, 256));
    int attempts = table.number("attempts", usual.attempts(), 1, 100);
    double seconds = usual.patience().toSeconds();
    Duration patience = Checked.seconds(table, "patience_seconds", seconds, 1, 600);
    return Checked.value(
        table,
        "threads",
        () ->
            new VerificationSettings(
                usual.threads(),
                usual.queue(),
                patience.multipliedBy(3),
                patience,
                attempts,
                usual.firstRetry(),
                usual.longestRetry(),
                usual.poll(),
                usual.longestClip()));
  }

  private static RetentionSettings retention(ConfigTable table) throws ConfigException {
    RetentionSettings usual = RetentionSettings.DEFAULT;
    int days = table.number("days", (int) usual.age().toDays(), 1, 36_500);
    Map<String, Duration> byEvent = new HashMap<>();
    for (Map.Entry<String, Integer> event : table.numbers("event_days", 1, 36_500).entrySet()) {
      byEvent.put(event.getKey(), Duration.ofDays(event.getValue()));
    }
    int megabytes = table.number("clip_megabytes", 0, 0, Integer.MAX_VALUE);
    int auditDays = table.number("audit_days", (int) usual.auditAge().toDays(), 1, 36_500);
    table.rejectOthers();
    return new RetentionSettings(
        Duration.ofDays(days),
        byEvent,
        megabytes * 1_000_000L,
        usual.loneClipAge(),
        usual.tombstoneAge(),
        Duration.ofDays(auditDays),
        usual.eventsAtOnce());
  }

  private static WebSettings web(ConfigTable table, Path state) throws IOException {
    WebSettings usual = WebSettings.standard(WebSettings.PORT);
    String host = table.text("host", usual.host());
    int port = table.number("port", usual.port(), 0, 65_535);
    String url = table.text("url", "");
    Checked.value(table, "url", () -> usual.at(url));
    List<String> proxies = table.texts("trusted_proxies", List.of());
    int idle = table.number("session_idle_days", (int) usual.sessionIdle().toDays(), 1, 90);
    int limit = table.number("session_days", (int) usual.sessionLimit().toDays(), 1, 365);
    if (limit < idle) {
      throw table.wrong("session_days", "at least session_idle_days, which is " + idle);
    }
    String setup = table.text("setup_code_file", state.resolve("setup-code").toString());
    Path token = Checked.path(table, "metrics_token_file");
    Duration preRoll = Checked.seconds(table, "clip_pre_roll_seconds", 3, 0, 600);
    int viewers = table.number("viewers", usual.maxViewers(), 1, 10_000);
    int threads = table.number("threads", usual.threads(), 8, 256);
    table.rejectOthers();
    String metricsToken = token == null ? "" : Secret.read(token).reveal();
    if (token != null && metricsToken.length() < SHORTEST_TOKEN) {
      throw table.wrong(
          "metrics_token_file", "a file with at least " + SHORTEST_TOKEN + " characters");
    }
    return Checked.value(
        table,
        "trusted_proxies",
        () ->
            new WebSettings(
                host,
                port,
                url,
                proxies,
                Duration.ofDays(idle),
                Duration.ofDays(limit),
                Path.of(setup),
                metricsToken,
                preRoll,
                usual.changePoll(),
                viewers,
                threads));
  }
}
