package org.earshot.cloud.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.ingest.Conditions.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earshot.cloud.ingest.Sounds;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.DatabaseSettings;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.JdbiSetAside;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.SetAside;
import org.earshot.cloud.web.Browser;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two homes on one service and one broker with access rules as docs/broker.md has them: nothing of
 * one reaches the other, neither over HTTP nor over MQTT.
 */
class IsolationTest {
  private static final Topics HALL = new Topics("home", "hall");
  private static final Topics ATTIC = new Topics("other", "attic");
  private static final byte[] CLIP = Sounds.tone(0.5, 1);

  @TempDir Path folder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private MosquittoBroker broker;
  private Installation cloud;
  private MqttReader hall;
  private EventKey key; // of an event of the first home
  private Browser otto; // owns the other home

  @BeforeEach
  void start() throws Exception {
    Path passwords = Files.createFile(folder.resolve("passwords"));
    for (String user : List.of("cloud", "home_hall", "other_attic")) {
      passwordIsName(passwords, user);
    }
    Path rules = Files.writeString(folder.resolve("acl"), rules());
    broker =
        with(
            Installation.broker(
                    folder,
                    "allow_anonymous false",
                    "password_file " + passwords,
                    "acl_file " + rules)
                .start());
    Path password = Files.writeString(folder.resolve("password"), "cloud");
    cloud =
        with(
            new Installation(
                folder,
                broker.uri(),
                new FaultyVerifier(),
                null,
                Map.of("BROKER_USER", "cloud", "BROKER_PASSWORD_FILE", password.toString())));
    cloud.awaitTaking(broker);
    Browser anna = cloud.owner();
    anna.post(
            "/accounts",
            """
            {"name":"otto","password":"%s","admin":false,
             "sites":[{"site":"other","role":"owner"}]}
            """
                .formatted(Installation.PASSWORD))
        .mustBe(201);
    otto = new Browser(cloud.page());
    otto.signIn("otto", Installation.PASSWORD).mustBe(200);
    hall = reader("home_hall", HALL.command(), HALL.verdict());
    hall.publish(HALL.state(), state(), true);
    EventId id = Samples.id();
    hall.publish(HALL.event(), MessageCodec.toJson(Samples.opened(id, "smoke_alarm")), false);
    hall.publish(HALL.clip(id), CLIP, false);
    cloud.awaitVerdict(id, Verdict.CONFIRMED);
    hall.awaitOn(HALL.verdict(), message -> message.text().contains(id.text()));
    key = new EventKey("home", id);
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).close();
    }
  }

  private <T extends AutoCloseable> T with(T part) {
    parts.add(part);
    return part;
  }

  private MqttReader reader(String user, String... topics) {
    MqttClientSslConfig plain = null;
    return with(new MqttReader(broker.port(), plain, user, topics));
  }

  private static byte[] state() {
    return MessageCodec.toJson(
        new StateMessage(
            true,
            Samples.NOW,
            "tests",
            "tests",
            "home",
            "armed_home",
            List.of("kitchen"),
            List.of("smoke_alarm"),
            List.of(),
            null));
  }

  private static void passwordIsName(Path file, String user) throws Exception {
    Process process =
        new ProcessBuilder("mosquitto_passwd", "-b", file.toString(), user, user)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  /** The rules of the document, its device once for each of ours. */
  private static String rules() throws Exception {
    String document = Files.readString(Path.of("..", "docs", "broker.md"));
    Matcher block =
        Pattern.compile("(?s)```acl\\n(.*?)(user home_hall\\n.*?)```").matcher(document);
    assertThat(block.find()).as("the rules in docs/broker.md").isTrue();
    String device = block.group(2);
    return block.group(1)
        + device
        + device
            .replace("user home_hall", "user other_attic")
            .replace("earshot/home/hall", "earshot/other/attic")
            .replace("earshot_home_hall", "earshot_other_attic");
  }

  /** A connection with the account of the device in the attic, which anybody may have stolen. */
  private Mqtt5BlockingClient attic(String clientId) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier(clientId)
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .simpleAuth()
            .username("other_attic")
            .password("other_attic".getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    assertThat(client.connect().getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
    parts.add(client::disconnect);
    return client;
  }

  private static void publish(Mqtt5BlockingClient client, String topic, byte[] payload) {
    var unused =
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload)
            .retain(false)
            .send();
  }

  @Test
  void aDeviceOfAnotherHomeCannotSpeakForThisOneNorCommandIt() {
    Mqtt5BlockingClient attic = attic("attic");
    EventRecord before = cloud.history().find(key).orElseThrow();
    byte[] event = MessageCodec.toJson(Samples.opened(Samples.id(), "dog_bark"));

    for (String topic :
        List.of(
            HALL.event(),
            HALL.clip(key.id()),
            HALL.clip(Samples.id()),
            HALL.state(),
            HALL.command(),
            HALL.verdict(),
            HALL.live(),
            "earshot/home/notice/" + key.id().text(),
            "earshot/other/hall/command",
            ATTIC.verdict().replace("attic", "cellar"),
            "homeassistant/device/earshot_home_hall/config")) {
      assertThatThrownBy(() -> publish(attic, topic, event))
          .as(topic)
          .isInstanceOfSatisfying(
              Mqtt5PubAckException.class,
              refusal ->
                  assertThat(refusal.getMqttMessage().getReasonCode())
                      .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED));
    }

    publish(attic, ATTIC.event(), MessageCodec.toJson(own(Samples.id()))); // it may do that
    EventId last = Samples.id();
    hall.publish(HALL.event(), MessageCodec.toJson(Samples.opened(last, "dog_bark")), false);
    hall.publish(HALL.clip(last), CLIP, false);
    hall.awaitOn(HALL.verdict(), message -> message.text().contains(last.text()));
    assertThat(cloud.history().find(key)).contains(before);
    assertThat(hall.received()).noneMatch(message -> message.topic().equals(HALL.command()));
  }

  private static EventMessage own(EventId id) {
    return Samples.message(id, "dog_bark", ATTIC.site(), ATTIC.device(), Phase.OPENED, Samples.NOW);
  }

  @Test
  void aDeviceOfAnotherHomeHearsNothingOfThisOne() {
    MqttReader attic = reader("other_attic", ATTIC.verdict());
    for (String filter :
        List.of(
            "#",
            "earshot/#",
            "earshot/home/#",
            "earshot/+/+/event",
            HALL.clip(key.id()),
            HALL.command(),
            "$share/verifiers/earshot/+/+/event", // the group's real name is drawn
            "$share/verifiers/earshot/+/+/clip/+",
            "$share/mine/earshot/+/+/event")) {
      try {
        attic.subscribe(filter);
      } catch (Mqtt5SubAckException refusal) {
        // Mosquitto refuses some filters; to others it sends nothing that may not be read
      }
    }
    EventId second = Samples.id();
    hall.publish(HALL.event(), MessageCodec.toJson(Samples.opened(second, "dog_bark")), false);
    hall.publish(HALL.clip(second), CLIP, false);
    hall.publish(HALL.state(), state(), true);
    hall.awaitOn(HALL.verdict(), message -> isConfirmed(message, second));
    EventId mine = Samples.id();
    attic.publish(ATTIC.event(), MessageCodec.toJson(own(mine)), false);
    attic.publish(ATTIC.clip(mine), CLIP, false);

    attic.awaitOn(ATTIC.verdict(), message -> isConfirmed(message, mine));
    assertThat(attic.received()).noneMatch(message -> message.topic().startsWith("earshot/home/"));
  }

  private static boolean isConfirmed(MqttReader.Received message, EventId id) {
    return message.text().contains(id.text()) && message.text().contains("confirmed");
  }

  @Test
  void aPayloadThatNamesAnotherHomeIsSetAside() throws Exception {
    Mqtt5BlockingClient attic = attic("attic");
    EventId forged = Samples.id();
    publish(attic, ATTIC.event(), MessageCodec.toJson(Samples.opened(forged, "smoke_alarm")));
    publish(attic, ATTIC.event(), MessageCodec.toJson(own(key.id()))); // an id of the other's
    publish(attic, ATTIC.clip(key.id()), Sounds.tone(0.1, 2));

    try (Database database =
        Database.open(DatabaseSettings.sqlite(cloud.state().resolve("history.db")))) {
      JdbiSetAside aside = new JdbiSetAside(database);
      await("it is set aside", () -> aside.count() == 1);
      assertThat(aside.latest(5))
          .extracting(SetAside.Message::reason)
          .singleElement()
          .asString()
          .contains("home/hall");
    }
    EventKey theirs = new EventKey("other", key.id());
    await("the same id, another event", () -> cloud.history().find(theirs).isPresent());
    assertThat(cloud.history().find(new EventKey("home", forged))).isEmpty();
    assertThat(cloud.history().find(new EventKey("other", forged))).isEmpty();
    Browser anna = new Browser(cloud.page());
    anna.signIn("anna", Installation.PASSWORD).mustBe(200);
    assertThat(anna.get("/events/home/" + key.id().text() + "/clip.flac").mustBe(200).bytes())
        .isEqualTo(CLIP);
  }

  @Test
  void anOwnerOfAnotherHomeReachesNothingOfThisOneAndItsDeviceIsToldNothing() throws Exception {
    EventRecord before = cloud.history().find(key).orElseThrow();
    String path = "/events/home/" + key.id().text();
    for (String read :
        List.of(
            path,
            path + "/clip.flac",
            path + "/clip.wav",
            path + "/spectrogram.png",
            "/events/other/" + key.id().text(),
            "/events/other%2F..%2Fhome/" + key.id().text(),
            "/events/other/../home/" + key.id().text(),
            "/events/HOME/" + key.id().text(),
            "/events//" + key.id().text(),
            "/devices/home/hall",
            "/devices/other/hall")) {
      Browser.Reply reply = otto.get(read);
      assertThat(reply.status()).as(read).isIn(400, 404);
      assertThat(reply.text()).as(read).doesNotContain("smoke_alarm");
    }
    otto.put(path + "/answer", "{\"answer\":\"was_not_it\"}").mustBe(404);
    otto.delete(path).mustBe(404);
    String siren = "{\"v\":1,\"command\":\"siren\",\"on\":true}";
    otto.post("/devices/home/hall/commands", siren).mustBe(404);
    otto.post("/devices/home/hall/live", "{\"seconds\":30,\"consent\":true}").mustBe(404);
    assertThat(otto.get("/events?site=home").text()).doesNotContain(key.id().text());
    assertThat(otto.get("/audit").text()).doesNotContain("home");

    assertThat(cloud.history().find(key)).contains(before);
    assertThat(Traces.files(cloud.state().resolve("clips"), key.id().text())).hasSize(1);
    Browser anna = new Browser(cloud.page());
    anna.signIn("anna", Installation.PASSWORD).mustBe(200);
    await("the device is known", () -> commanded(anna, siren));
    hall.awaitOn(HALL.command(), message -> message.text().contains("siren"));
    assertThat(hall.received().stream().filter(m -> m.topic().equals(HALL.command()))).hasSize(1);
  }

  private static boolean commanded(Browser anna, String command) {
    try {
      return anna.post("/devices/home/hall/commands", command).status() / 100 == 2;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void cookiesAndTokensThatWereForgedOrMixedOpenNothing() throws Exception {
    Browser anna = new Browser(cloud.page());
    anna.signIn("anna", Installation.PASSWORD).mustBe(200);
    String path = "/events/home/" + key.id().text();
    String real = anna.cookies.get("earshot");
    String other = otto.cookies.get("earshot");
    for (String forged :
        List.of(
            "",
            "anna",
            "x".repeat(real.length()),
            real.substring(1),
            real + "x",
            real.substring(0, real.length() - 1) + (real.endsWith("A") ? "B" : "A"),
            other.substring(0, other.length() / 2) + real.substring(other.length() / 2),
            "' OR '1'='1")) {
      Browser guest = new Browser(cloud.page());
      guest.cookies.put("earshot", forged);
      guest.get(path).mustBe(401);
      guest.get(path + "/clip.flac").mustBe(401);
    }
    otto.cookies.put("earshot-guest", real);
    otto.get(path).mustBe(404);
    otto.csrf = anna.csrf;
    otto.delete(path).mustBe(403); // another session's token
    Browser thief = new Browser(cloud.page());
    thief.cookies.put("earshot", real); // without the page's token a stolen cookie changes nothing
    thief.delete(path).mustBe(403);
    assertThat(cloud.history().find(key)).isPresent();
  }
}
