package org.earshot.cloud.service;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.listen.BrokerSetup;
import org.earshot.cloud.broker.EmbeddedBroker;
import org.earshot.cloud.config.ChannelConfig;
import org.earshot.cloud.config.CloudConfig;
import org.earshot.cloud.config.NotifyConfig;
import org.earshot.cloud.config.Role;
import org.earshot.cloud.ingest.BrokerPublisher;
import org.earshot.cloud.ingest.DeviceWatch;
import org.earshot.cloud.ingest.Ingest;
import org.earshot.cloud.ingest.IngestSettings;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.notify.Channel;
import org.earshot.cloud.notify.Courier;
import org.earshot.cloud.notify.CourierSettings;
import org.earshot.cloud.notify.Home;
import org.earshot.cloud.notify.MqttChannel;
import org.earshot.cloud.notify.NoticeQueue;
import org.earshot.cloud.notify.NtfyChannel;
import org.earshot.cloud.notify.Secret;
import org.earshot.cloud.notify.SmtpChannel;
import org.earshot.cloud.notify.WebhookChannel;
import org.earshot.cloud.notify.Wording;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.Deletion;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.Installation;
import org.earshot.cloud.store.JdbiAudit;
import org.earshot.cloud.store.JdbiDevices;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.JdbiSetAside;
import org.earshot.cloud.store.S3ClipStore;
import org.earshot.cloud.verify.Deadlines;
import org.earshot.cloud.verify.Verification;
import org.earshot.cloud.verify.Verifier;
import org.earshot.cloud.web.TextPage;
import org.earshot.cloud.web.WebServer;
import org.earshot.model.HeadModel;
import org.earshot.uplink.BrokerAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of the cloud side: takes in, verifies, remembers, tells and shows, as its
 * configuration says.
 *
 * <p>Any number of processes share a database and a broker. Starting waits for the database, and
 * not for the broker. Closing finishes what is in hand, within a limit, and leaves the rest to
 * others.
 */
public final class CloudService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloudService.class);
  private static final Duration DEADLINE_INTERVAL = Duration.ofMillis(250);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // closed from the last made
  private final List<Runnable> starts = new ArrayList<>();
  private final CloudConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final CloudMetrics metrics;
  private final Health health;
  private final String worker;
  private final String brokerUrl;
  private final Database database;
  private final ClipStore clips;
  private final History history;
  private final Deletion deletion;
  private Ingest ingest; // null without the role
  private WebServer web; // null without the role

  /**
   * Makes all parts; {@link #start} starts them.
   *
   * @param verifier judges clips; closed by whoever made it
   * @param heads of the device's model, for what a sensitivity costs
   * @throws IOException in one line, with what to do, when something cannot be made
   */
  public CloudService(CloudConfig config, Verifier verifier, List<HeadModel> heads, Clock clock)
      throws IOException {
    this.config = config;
    this.clock = clock;
    metrics = new CloudMetrics();
    health = new Health(clock);
    String name = config.worker().isEmpty() ? "worker" : config.worker();
    worker = name + "-" + unguessable(); // of no other process that ever ran
    boolean made = false;
    try {
      Files.createDirectories(config.state());
      BrokerConfig brokerConfig = config.broker();
      if (brokerConfig == null) {
        EmbeddedBroker embedded = new EmbeddedBroker(config.brokerPort());
        parts.push(embedded);
        brokerConfig = BrokerConfig.at(embedded.url());
      }
      brokerUrl =
          (brokerConfig.tls() ? "mqtts://" : "mqtt://")
              + brokerConfig.host()
              + ':'
              + brokerConfig.port();
      BrokerAccess access = new BrokerAccess(BrokerSetup.settings(brokerConfig, worker), random);
      BrokerPublisher publisher =
          new BrokerPublisher(worker + "-publisher", access, metrics, health);
      parts.push(publisher);
      starts.add(publisher::start);
      DeviceLink link = new DeviceLink(publisher);
      database = Database.open(config.database());
      parts.push(database);
      clips = clipStore();
      Courier courier = courier(link);
      Runnable wake = courier == null ? () -> {} : courier::wake;
      NoticeQueue notices = new NoticeQueue(config.notices().rules(), clock, wake);
      history = new JdbiHistory(database, List.of(notices), config.deadlines().lifeSafety());
      deletion = new Deletion(database, history, clips, link);
      if (config.roles().contains(Role.VERIFY)) {
        verify(verifier, publisher, access);
      }
      if (config.roles().contains(Role.KEEP)) {
        Keeper keeper = new Keeper(database, clips, deletion, config.retention(), clock);
        parts.push(keeper);
        starts.add(keeper::start);
      }
      if (config.roles().contains(Role.WEB)) {
        web(link, access, heads);
      }
      made = true;
    } finally {
      if (!made) {
        close();
      }
    }
  }

  private ClipStore clipStore() {
    if (config.s3() == null) {
      return new FolderClipStore(config.clipFolder());
    }
    S3ClipStore store = new S3ClipStore(config.s3());
    parts.push(store);
    return store;
  }

  private void verify(Verifier verifier, BrokerPublisher publisher, BrokerAccess access) {
    Verification verification =
        new Verification(
            worker,
            history,
            clips,
            database,
            verifier,
            publisher,
            config.verification(),
            clock,
            random,
            metrics,
            health);
    parts.push(() -> verification.close(GRACE));
    starts.add(verification::start);
    Deadlines deadlines =
        new Deadlines(history, publisher, clock, DEADLINE_INTERVAL, metrics, health);
    parts.push(deadlines);
    starts.add(deadlines::start);
    ingest =
        new Ingest(
            worker,
            access,
            database,
            history,
            clips,
            new JdbiSetAside(database),
            verification,
            config.deadlines(),
            config.ingest().withGroup(group()),
            clock,
            metrics,
            health);
    Ingest taking = ingest;
    parts.push(() -> taking.close(GRACE));
    starts.add(taking::start);
  }

  /**
   * The name of the shared subscription. Whoever knows it could take messages away from the workers
   * (docs/verifier.md), so it is drawn once for an installation, unless the owner names one.
   */
  private String group() {
    String configured = config.ingest().group();
    return configured.equals(IngestSettings.usual().group())
        ? new Installation(database).value("group", () -> configured + "-" + unguessable())
        : configured;
  }

  private String unguessable() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Courier courier(DeviceLink link) throws IOException {
    if (!config.roles().contains(Role.NOTIFY) || config.notices().channels().isEmpty()) {
      return null;
    }
    NotifyConfig notify = config.notices();
    Wording wording = new Wording(Map.of(), new Home("", notify.zone()), notify.page());
    CourierSettings settings = CourierSettings.defaults();
    List<Channel> channels = new ArrayList<>();
    for (ChannelConfig channel : notify.channels()) {
      channels.add(channel(channel, link, wording, settings));
    }
    Courier courier = new Courier(database, channels, wording, settings, clock, random, worker);
    parts.push(courier);
    starts.add(courier::start);
    return courier;
  }

  private Channel channel(
      ChannelConfig channel, DeviceLink link, Wording wording, CourierSettings settings)
      throws IOException {
    if (channel instanceof ChannelConfig.Mqtt mqtt) {
      return new MqttChannel(mqtt.scope().name(), link, settings.maxAge());
    }
    if (channel instanceof ChannelConfig.Webhook webhook) {
      return new WebhookChannel(
          webhook.settings(), Secret.read(webhook.secretFile()), clips, clock);
    }
    if (channel instanceof ChannelConfig.Ntfy ntfy) {
      Secret token = ntfy.tokenFile() == null ? null : Secret.read(ntfy.tokenFile());
      return new NtfyChannel(ntfy.settings(), token, clips, clock);
    }
    ChannelConfig.Smtp smtp = (ChannelConfig.Smtp) channel;
    Secret password = smtp.passwordFile() == null ? null : Secret.read(smtp.passwordFile());
    return new SmtpChannel(smtp.settings(), password, wording, clips);
  }

  private void web(DeviceLink link, BrokerAccess access, List<HeadModel> heads) {
    JdbiDevices devices = new JdbiDevices(database);
    DeviceWatch watch =
        new DeviceWatch(
            worker + "-devices",
            access,
            devices,
            new JdbiSetAside(database),
            config.ingest(),
            clock,
            metrics,
            health);
    parts.push(watch);
    starts.add(watch::start);
    web =
        new WebServer(
            config.web(),
            new WebServer.Parts(
                database,
                history,
                devices,
                new JdbiAudit(database),
                clips,
                deletion,
                link,
                link,
                heads,
                () -> new TextPage(health.isWell() ? 200 : 503, "application/json", health.page()),
                () -> new TextPage(200, CloudMetrics.CONTENT_TYPE, metrics.page())),
            random,
            clock);
    parts.push(web);
  }

  /**
   * Starts everything.
   *
   * @throws IOException in one line when the page's address is taken
   */
  public void start() throws IOException {
    starts.forEach(Runnable::run);
    if (web != null) {
      web.start();
    }
  }

  /** Returns the broker that devices connect to. */
  public String brokerUrl() {
    return brokerUrl;
  }

  /** Returns whether the broker gives this process its share of what devices send. */
  public boolean isTaking() {
    return ingest != null && ingest.isTaking();
  }

  /** Returns where the history page is; empty without the role. */
  public Optional<String> page() {
    return Optional.ofNullable(web).map(WebServer::address);
  }

  /** Returns the code with which the first account is made; empty when there is one. */
  public Optional<String> setupCode() {
    return web == null ? Optional.empty() : web.setupCode();
  }

  /** Returns the history. */
  public History history() {
    return history;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) { // the others are closed all the same
        LOG.warn("{} did not end well: {}", part.getClass().getSimpleName(), e.getMessage());
      }
    }
  }
}
