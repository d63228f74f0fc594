package org.earshot.cloud.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.earshot.cloud.config.CloudConfig;
import org.earshot.cloud.service.CloudService;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.verify.FusedVerifier;
import org.earshot.cloud.web.account.Accounts;
import org.earshot.model.SoundModel;
import org.earshot.verifier.VerifierFile;

/**
 * What stands behind the demonstration's broker: verifier, history and page, in a folder of its
 * own, with one account that is made before anybody can come.
 */
final class DemoCloud implements AutoCloseable {
  static final String SITE = "demo";
  private static final String ACCOUNT = "demo";
  private static final int READY_SECONDS = 60;
  private static final int LOOK_MILLIS = 20;
  private static final int GROUPS = 3;
  private static final int GROUP_LETTERS = 4;
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"; // 5 bits each

  private final FusedVerifier verifier;
  private final CloudService service;
  private final String password;

  private DemoCloud(FusedVerifier verifier, CloudService service, String password) {
    this.verifier = verifier;
    this.service = service;
    this.password = password;
  }

  /**
   * Starts it, and waits until it gets what devices send; null when the models have no verifier.
   *
   * @param models folder of the shipped models
   * @param folder for the database and the clips; made
   * @param brokerUrl of the demonstration's broker
   * @param port of the page; 0 for any free one
   * @throws IOException in one line, such as when the port is taken
   */
  static DemoCloud open(Path models, SoundModel device, Path folder, String brokerUrl, int port)
      throws IOException, InterruptedException {
    Path verifierFolder = models.resolve("verifier");
    if (!Files.exists(verifierFolder.resolve(VerifierFile.NAME))) {
      return null;
    }
    Map<String, String> settings =
        Map.of(
            CloudConfig.VARIABLES + "BROKER_URL",
            brokerUrl,
            CloudConfig.VARIABLES + "WEB_PORT",
            Integer.toString(port));
    CloudConfig config = CloudConfig.read(null, settings, folder, models);
    FusedVerifier verifier = FusedVerifier.open(verifierFolder, null);
    DemoCloud cloud = null;
    boolean started = false;
    try {
      String password = makeAccount(Files.createDirectories(folder), config.database());
      cloud =
          new DemoCloud(
              verifier,
              new CloudService(config, verifier, device.heads(), Clock.systemUTC()),
              password);
      cloud.service.start();
      cloud.awaitReady();
      started = true;
      return cloud;
    } finally {
      if (!started && cloud != null) {
        cloud.close();
      } else if (!started) {
        verifier.close();
      }
    }
  }

  private static String makeAccount(Path folder, DatabaseSettings settings) throws IOException {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LETTERS; i++) {
      password.append(i > 0 && i % GROUP_LETTERS == 0 ? "-" : "");
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    try (Database database = Database.open(settings)) {
      Accounts accounts = new Accounts(database, random, Clock.systemUTC());
      String code =
          accounts
              .newSetupCode()
              .orElseThrow(
                  () -> new IOException(folder + ": somebody has an account there already"));
      if (accounts.setup(code, ACCOUNT, password.toString(), List.of(SITE))
          != Accounts.Outcome.DONE) {
        throw new IOException(folder + ": no account can be made there");
      }
    }
    return password.toString();
  }

  /** The broker keeps nothing for whom it does not know yet. */
  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!service.isTaking()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the verifier did not reach the broker in " + READY_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Where the page is and how to sign in. */
  String invitation() {
    return "The history page: %s, sign in as %s with the password %s"
        .formatted(service.page().orElseThrow(), ACCOUNT, password);
  }

  @Override
  public void close() {
    service.close();
    verifier.close();
  }
}
