package org.earshot.cloud.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.agent.listen.Device;
import org.earshot.cloud.ingest.Sounds;
import org.earshot.cloud.notify.WebServer;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.Databases;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.PostgresServer;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.web.Browser;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the owner sees while a part of the service is away, and that nothing is lost by it. */
class OutageTest {
  private static final Topics HALL = new Topics(Installation.SITE, "hall");
  private static final byte[] CLIP = Sounds.tone(0.5, 1);

  @TempDir Path folder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final FaultyVerifier verifier = new FaultyVerifier();
  private MosquittoBroker broker;
  private WebServer hook;

  @BeforeEach
  void start() throws IOException {
    broker = with(Installation.broker(folder).start());
    hook = with(new WebServer());
  }

  @AfterEach
  void stop() throws Exception {
    verifier.end();
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).close();
    }
  }

  private <T extends AutoCloseable> T with(T part) {
    parts.add(part);
    return part;
  }

  private Installation cloud(Map<String, String> more) throws Exception {
    Map<String, String> keys = new HashMap<>(more);
    keys.putIfAbsent("VERIFY_PATIENCE_SECONDS", "1");
    keys.put("VERIFY_ATTEMPTS", "100");
    URI address = hook.uri("/hook");
    return with(new Installation(folder, broker.uri(), verifier, address, keys))
        .awaitTaking(broker);
  }

  /** A connection of the device in the hall. */
  private MqttReader hall() {
    return with(new MqttReader(broker.port(), HALL.verdict()));
  }

  private static EventId tell(MqttReader device, String event) {
    EventId id = Samples.id();
    EventMessage message = Samples.opened(id, event);
    device.publish(HALL.event(), MessageCodec.toJson(message), false);
    device.publish(HALL.clip(id), CLIP, false);
    return id;
  }

  /** Waits until the owner is told of an event in this way, and returns all that was told of it. */
  private List<Map<String, String>> told(EventId id, String stage, String verdict)
      throws InterruptedException {
    return notices(
        hook.await(
            all ->
                notices(all, id).stream()
                    .anyMatch(
                        notice ->
                            stage.equals(notice.get("stage"))
                                && verdict.equals(notice.get("verdict")))),
        id);
  }

  private static List<Map<String, String>> notices(List<WebServer.Request> requests, EventId id) {
    return requests.stream()
        .map(WebServer.Request::json)
        .filter(notice -> id.text().equals(notice.get("id")))
        .toList();
  }

  private static String event(Browser anna, EventId id) throws Exception {
    return anna.get("/events/" + Installation.SITE + "/" + id.text()).mustBe(200).text();
  }

  private static void awaitOnPage(Browser anna, EventId id, String text)
      throws InterruptedException {
    await("the page shows " + text + " of " + id, () -> shows(anna, id, text));
  }

  private static boolean shows(Browser anna, EventId id, String text) {
    try {
      Browser.Reply reply = anna.get("/events/" + Installation.SITE + "/" + id.text());
      return reply.status() == 200 && reply.text().contains(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "FAILS"})
  void withoutAVerifierEventsAreToldAsUnverifiedAndTheirVerdictFollows(FaultyVerifier.State state)
      throws Exception {
    Installation cloud =
        cloud(Map.of("VERIFY_DEADLINE_SECONDS", "1", "VERIFY_LIFE_SAFETY_DEADLINE_SECONDS", "1"));
    Browser anna = cloud.owner();
    verifier.set(state);
    MqttReader device = hall();

    EventId smoke = tell(device, "smoke_alarm");
    EventId dog = tell(device, "dog_bark");

    assertThat(told(smoke, "told", "none")).hasSize(1); // at once
    told(smoke, "updated", "unverified");
    assertThat(told(dog, "told", "unverified")).hasSize(1);
    assertThat(event(anna, dog)).contains("\"verdict\":\"unverified\"");
    cloud.awaitProblem("verifier");

    verifier.set(FaultyVerifier.State.WELL);

    told(smoke, "updated", "confirmed");
    told(dog, "updated", "confirmed");
    assertThat(event(anna, dog)).contains("\"verdict\":\"confirmed\"");
    verifier.end();
    cloud.awaitWell();
  }

  @Test
  void whileTheDatabaseIsAwayThePageSaysSoAndAfterwardsEverythingIsThere() throws Exception {
    Databases.assumePostgresql();
    PostgresServer server = with(PostgresServer.start());
    DatabaseSettings database = server.fresh();
    Path password = Files.writeString(folder.resolve("password"), database.password());
    Installation cloud =
        cloud(
            Map.of(
                "DATABASE_URL", database.url(),
                "DATABASE_USER", database.user(),
                "DATABASE_PASSWORD_FILE", password.toString(),
                "DATABASE_PATIENCE_SECONDS", "1"));
    Browser anna = cloud.owner();
    MqttReader device = hall();
    EventId before = tell(device, "dog_bark");
    cloud.awaitVerdict(before, Verdict.CONFIRMED);

    server.down();
    EventId meanwhile = tell(device, "dog_bark");
    EventId smoke = tell(device, "smoke_alarm");

    cloud.awaitProblem("database");
    assertThat(anna.get("/events").mustBe(503).text()).contains("try again soon");
    assertThat(anna.send("GET", "/", null).mustBe(200).text())
        .contains("<title>"); // the page itself
    assertThat(cloud.health().text()).contains("start the database");

    server.up();

    awaitOnPage(anna, meanwhile, "\"verdict\":\"confirmed\"");
    awaitOnPage(anna, smoke, "\"verdict\":\"confirmed\"");
    cloud.awaitWell();
    told(meanwhile, "told", "confirmed");
    hook.await(all -> !notices(all, smoke).isEmpty());
    String list = anna.get("/events").mustBe(200).text();
    assertThat(list).contains(before.text(), meanwhile.text(), smoke.text());
  }

  @Test
  void whileTheClipStoreIsFullEventsAreToldAndClipsComeLater() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
        "root may mount a tmpfs");
    parts.add(() -> run("umount", "--lazy", small.toString()));
    Installation cloud =
        cloud(
            Map.of(
                "CLIPS_FOLDER", small.resolve("clips").toString(), "VERIFY_DEADLINE_SECONDS", "1"));
    Browser anna = cloud.owner();
    MqttReader device = hall();
    Path ballast = small.resolve("ballast");
    fill(ballast);

    EventId dog = tell(device, "dog_bark");

    cloud.awaitProblem("clip_store");
    told(dog, "told", "unverified");
    assertThat(event(anna, dog)).contains("\"verdict\":\"unverified\"", "\"clip\":null");
    anna.get("/events/home/" + dog.text() + "/clip.flac").mustBe(404);
    assertThat(cloud.health().text()).contains("make room in the clip store");

    Files.delete(ballast);

    told(dog, "updated", "confirmed");
    assertThat(anna.get("/events/home/" + dog.text() + "/clip.flac").mustBe(200).bytes())
        .isEqualTo(CLIP);
    cloud.awaitWell();
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int block = 4096; block > 0; block /= 2) {
        writeUntilFull(out, new byte[block]);
      }
    }
  }

  private static void writeUntilFull(OutputStream out, byte[] block) {
    try {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("space");
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whileTheBrokerIsAwayTheDeviceKeepsWhatItHeardAndDeliversItAfterwards() throws Exception {
    Installation cloud = cloud(Map.of());
    Browser anna = cloud.owner();
    broker.kill();
    cloud.awaitProblem("broker");
    assertThat(cloud.health().text()).contains("start the broker");
    assertThat(anna.get("/events").mustBe(200).text()).contains("\"events\":[]"); // the page works

    Path state = folder.resolve("device");
    Device device = with(Speaker.device(state, broker.uri(), true, "dog-bark"));
    device.start();
    device.awaitEnd();
    assertThat(device.status().outbox().items()).isPositive();
    device.close(); // what waits stays on its disk
    assertThat(cloud.newest("dog_bark")).isEmpty();

    int logged = broker.log().length();
    broker.start();
    Installation.awaitSubscribed(broker, logged); // a killed Mosquitto forgets shared subscriptions
    Device again = with(Speaker.device(state, broker.uri(), true, "not-microwave"));
    again.start();

    await("the event", () -> cloud.newest("dog_bark").isPresent(), () -> cloud.health().text());
    EventRecord dog = cloud.newest("dog_bark").orElseThrow();
    cloud.awaitVerdict(dog.key().id(), Verdict.CONFIRMED);
    told(dog.key().id(), "told", "confirmed");
    cloud.awaitWell();
    await("nothing waits in the device", () -> again.status().outbox().items() == 0);
    anna.get("/events/home/" + dog.key().id().text() + "/clip.wav").mustBe(200);
  }
}
