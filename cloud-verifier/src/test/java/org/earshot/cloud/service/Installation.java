package org.earshot.cloud.service;

import static org.earshot.cloud.ingest.Conditions.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.earshot.cloud.config.CloudConfig;
import org.earshot.cloud.store.EventFilter;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.verify.Verifier;
import org.earshot.cloud.web.Browser;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.model.ModelFile;

/** The whole service of a test, configured as an operator does it: by a file and variables. */
final class Installation implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";
  static final String SITE = "home";

  private static final Path MODELS = Path.of("..", "models");

  private final Path state;
  private final CloudService service;

  /**
   * Starts it, with its page on a free port and everything else in a folder.
   *
   * @param hook told of everything; null for nobody
   * @param more keys of the configuration without their prefix, such as {@code DATABASE_URL}
   */
  Installation(Path folder, URI broker, Verifier verifier, URI hook, Map<String, String> more)
      throws IOException {
    state = Files.createDirectories(folder.resolve("cloud"));
    Map<String, String> variables = new HashMap<>();
    variables.put("EARSHOT_CLOUD_BROKER_URL", broker.toString());
    variables.put("EARSHOT_CLOUD_WEB_PORT", "0");
    more.forEach((key, value) -> variables.put("EARSHOT_CLOUD_" + key, value));
    Path file = Files.writeString(state.resolve("cloud.toml"), hook == null ? "" : channel(hook));
    CloudConfig config = CloudConfig.read(file, variables, state, MODELS);
    service = new CloudService(config, verifier, ModelFile.read(MODELS).heads(), Clock.systemUTC());
    service.start();
  }

  private String channel(URI hook) throws IOException {
    return webhook(hook, Files.writeString(state.resolve("hook.secret"), "of the tests"));
  }

  /** A table of the configuration: a webhook. */
  static String webhook(URI hook, Path secret) {
    return """
        [[channel]]
        type = "webhook"
        name = "hook"
        url = "%s"
        secret_file = "%s"
        """
        .formatted(hook, secret);
  }

  Path state() {
    return state;
  }

  String page() {
    return service.page().orElseThrow();
  }

  String setupCode() {
    return service.setupCode().orElseThrow();
  }

  History history() {
    return service.history();
  }

  /** Makes the first account, an administrator and owner of the home. */
  Browser owner() throws Exception {
    Browser browser = new Browser(page());
    browser.setUp(setupCode(), "anna", PASSWORD, SITE).mustBe(200);
    return browser;
  }

  /**
   * Waits until the service takes messages, so that nothing a test publishes is lost: a broker
   * keeps nothing for whom it does not know yet.
   *
   * @param broker made by {@link #broker}
   */
  Installation awaitTaking(MosquittoBroker broker) throws Exception {
    awaitSubscribed(broker);
    return awaitWell();
  }

  /** Waits until a broker has given a process its share of events and clips. */
  static void awaitSubscribed(MosquittoBroker broker) throws InterruptedException {
    awaitSubscribed(broker, 0);
  }

  /** As above, in what the broker logged after so many characters. */
  static void awaitSubscribed(MosquittoBroker broker, int logged) throws InterruptedException {
    for (String kind : List.of("event", "clip/+")) {
      Pattern line =
          Pattern.compile(" 1 \\$share/[^/]+/" + Pattern.quote("earshot/+/+/" + kind + "\n"));
      await("a share of " + kind, () -> line.matcher(log(broker)).find(logged), () -> log(broker));
    }
  }

  private static String log(MosquittoBroker broker) {
    try {
      return broker.log();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a broker that logs subscriptions, and has all that it keeps on disk within a second. */
  static MosquittoBroker broker(Path folder, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("log_type all");
    all.add("autosave_interval 1");
    all.add("autosave_on_changes true");
    return MosquittoBroker.in(folder.resolve("broker"), all.toArray(String[]::new));
  }

  /** Waits until no part has a problem. */
  Installation awaitWell() throws Exception {
    await("all is well", () -> health().status() == 200, () -> health().text());
    return this;
  }

  /** Waits until the page of the service's health says that this part has a problem. */
  void awaitProblem(String part) throws Exception {
    Pattern problem = Pattern.compile("\"" + part + "\" : \\{\\s+\"status\" : \"problem\"");
    await(
        "a problem of " + part,
        () -> health().status() == 503 && problem.matcher(health().text()).find(),
        () -> health().text());
  }

  Browser.Reply health() {
    try {
      return new Browser(page()).send("GET", "/healthz", null);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for a verdict on an event of the home. */
  EventRecord awaitVerdict(EventId id, Verdict verdict) throws InterruptedException {
    EventKey key = new EventKey(SITE, id);
    await(
        "the verdict " + verdict + " on " + id,
        () -> history().find(key).filter(event -> is(event, verdict)).isPresent(),
        () -> history().find(key) + health().text());
    return history().find(key).orElseThrow();
  }

  private static boolean is(EventRecord event, Verdict verdict) {
    return event.judgement() != null && event.judgement().verdict() == verdict;
  }

  /** Returns the newest event with that label in the home. */
  Optional<EventRecord> newest(String event) {
    return history().find(EventFilter.all(Set.of(SITE), 100)).stream()
        .filter(record -> record.latest().event().equals(event))
        .findFirst();
  }

  @Override
  public void close() {
    service.close();
  }
}
