package org.earshot.cloud.ingest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.JdbiDevices;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.JdbiSetAside;
import org.earshot.cloud.verify.DeadlineRules;
import org.earshot.cloud.verify.Deadlines;
import org.earshot.cloud.verify.Verification;
import org.earshot.cloud.verify.VerificationSettings;
import org.earshot.cloud.verify.Verifier;
import org.earshot.uplink.BrokerAccess;
import org.earshot.uplink.UplinkSettings;

/** All parts of a worker, put together as the command does it, with short times. */
final class Worker implements AutoCloseable {
  static final Set<String> LIFE_SAFETY = Set.of("smoke_alarm", "co_alarm");
  static final IngestSettings SETTINGS =
      new IngestSettings(
          "verifiers",
          2,
          2,
          65_535, // Mosquitto 2.0 sends more than it is asked for, which costs a connection
          65_535,
          Duration.ofSeconds(3),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          IngestLimits.usual());

  final Database database;
  final History history;
  final JdbiSetAside setAside;
  final JdbiDevices devices;
  final ClipStore clips;
  final CloudMetrics metrics = new CloudMetrics();
  final Health health = new Health(Clock.systemUTC());
  final BrokerPublisher publisher;
  final Verification verification;
  final Deadlines deadlines;
  final Ingest ingest;
  final DeviceWatch watch;

  Worker(String name, URI broker, Path folder, Verifier verifier) throws IOException {
    this(name, broker, folder, verifier, Duration.ofSeconds(2));
  }

  Worker(String name, URI broker, Path folder, Verifier verifier, Duration patience)
      throws IOException {
    this(
        name,
        broker,
        folder,
        verifier,
        new FolderClipStore(folder.resolve("clips")),
        SETTINGS,
        patience);
  }

  Worker(
      String name,
      URI broker,
      Path folder,
      Verifier verifier,
      ClipStore clips,
      IngestSettings settings,
      Duration patience)
      throws IOException {
    this.clips = clips;
    Clock clock = Clock.systemUTC();
    database =
        Database.open(
            new DatabaseSettings(folder.resolve("history.db").toString(), "", "", 4, patience));
    history = new JdbiHistory(database, List.of(), LIFE_SAFETY);
    setAside = new JdbiSetAside(database);
    devices = new JdbiDevices(database);
    BrokerAccess access =
        new BrokerAccess(
            UplinkSettings.to(broker, name)
                .withDelays(Duration.ofMillis(50), Duration.ofMillis(500)),
            new Random(1));
    publisher = new BrokerPublisher(name + "-publisher", access, metrics, health);
    DeadlineRules rules =
        new DeadlineRules(LIFE_SAFETY, Duration.ofMinutes(2), Duration.ofMinutes(2));
    verification =
        new Verification(
            name,
            history,
            clips,
            database,
            verifier,
            publisher,
            new VerificationSettings(
                2,
                256,
                Duration.ofSeconds(6),
                Duration.ofSeconds(3),
                3,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5), // longer than a burst: the share is the broker's
                Duration.ofSeconds(60)),
            clock,
            new Random(2),
            metrics,
            health);
    deadlines = new Deadlines(history, publisher, clock, Duration.ofSeconds(1), metrics, health);
    ingest =
        new Ingest(
            name,
            access,
            database,
            history,
            clips,
            setAside,
            verification,
            rules,
            settings,
            clock,
            metrics,
            health);
    watch =
        new DeviceWatch(
            name + "-devices", access, devices, setAside, settings, clock, metrics, health);
  }

  Worker start() {
    publisher.start();
    verification.start();
    deadlines.start();
    ingest.start();
    watch.start();
    return this;
  }

  @Override
  public void close() {
    ingest.close();
    verification.close();
    deadlines.close();
    watch.close();
    publisher.close();
    database.close();
  }
}
