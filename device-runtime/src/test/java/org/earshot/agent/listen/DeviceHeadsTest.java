package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.heads.HeadRequests;
import org.earshot.heads.SigningKey;
import org.earshot.model.Activation;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.DenseLayer;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.model.ModelFile;
import org.earshot.model.QuantizedMatrix;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Head updates of a whole device: from a real Mosquitto, and from a folder. */
class DeviceHeadsTest {
  private static final Topics TOPICS = new Topics("home", "hall");
  private static final long DEADLINE_SECONDS = 60;
  private static final float[] NOISE = TestModels.bursts(1, 8_000);

  @TempDir private Path scratch;
  private MosquittoBroker broker;
  private MqttReader reader;
  private SigningKey key;
  private TestHome home;
  private BaseModel base;

  @BeforeEach
  void start() throws IOException {
    broker = MosquittoBroker.in(scratch.resolve("broker")).start();
    reader = new MqttReader(broker.port(), "earshot/#");
    Path secret = scratch.resolve("key.pem");
    key = SigningKey.create(secret);
    String trust = "[heads]\ntrusted_keys = [\"" + SigningKey.publicFile(secret) + "\"]\n";
    home = new TestHome(scratch, broker.uri(), trust + TestHome.EVERYTHING);
    base = ModelFile.readBase(Path.of("..", "models", ModelFile.BASE_FILE));
  }

  @AfterEach
  void stop() {
    if (broker != null) {
      reader.close();
      broker.close();
    }
  }

  /** A head that fires whatever it hears. */
  private byte[] update(String event, int version) {
    DenseLayer always =
        new DenseLayer(
            new QuantizedMatrix(1, base.headInputs(), new byte[base.headInputs()], new float[] {1}),
            new float[] {4 + version},
            Activation.LINEAR,
            1);
    HeadModel head =
        new HeadModel(
            event,
            version,
            base.fingerprint(),
            List.of(always),
            new Calibration(1, 0),
            TestModels.decision());
    return HeadUpdate.write(head, Updates.golden(head), key);
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Waits until the last message on a topic fits. */
  private byte[] awaitLast(String topic, Predicate<byte[]> fits) {
    List<MqttReader.Received> all =
        reader.await("a message on " + topic, each -> last(each, topic).filter(fits).isPresent());
    return last(all, topic).orElseThrow();
  }

  private static Optional<byte[]> last(List<MqttReader.Received> all, String topic) {
    return all.stream()
        .filter(each -> each.topic().equals(topic))
        .reduce((before, after) -> after)
        .map(MqttReader.Received::payload);
  }

  private StateMessage awaitHeads(List<StateMessage.Head> heads) {
    return parse(awaitLast(TOPICS.state(), json -> heads.equals(heads(json))));
  }

  private static List<StateMessage.Head> heads(byte[] json) {
    return parse(json).heads();
  }

  private static StateMessage parse(byte[] json) {
    try {
      return MessageCodec.parseState(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String awaitProblem() {
    return problems(awaitLast(TOPICS.problem(), json -> !problems(json).isEmpty()))
        .get(0)
        .toString();
  }

  private static List<ProblemMessage.Problem> problems(byte[] json) {
    try {
      return MessageCodec.parseProblems(json).problems().stream()
          .filter(problem -> problem.source().equals("heads"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean announced(String event, Phase phase) {
    synchronized (home.announced) {
      return home.announced.stream()
          .anyMatch(each -> each.event().equals(event) && each.phase() == phase);
    }
  }

  private static void connected(Device device) throws InterruptedException {
    await("a state at the broker", () -> device.broker().counters().states() > 0);
  }

  @Test
  void aHeadOverTheBrokerIsHeardWithAtOnceAndAfterARestart() throws Exception {
    FeedSource feed = new FeedSource();
    try (Device device = home.device(feed)) {
      device.start();
      connected(device);
      feed.play(NOISE);

      reader.publish(TOPICS.head(), update("kettle", 1), false);

      StateMessage state = awaitHeads(List.of(new StateMessage.Head("kettle", 1)));
      assertThat(state.events()).contains("kettle", "smoke_alarm");
      feed.play(NOISE);
      await("the kettle is heard", () -> announced("kettle", Phase.OPENED));
      reader.publish(
          TOPICS.command(), MessageCodec.toJson(new CommandMessage.RemoveHead("kettle")), false);
      assertThat(awaitHeads(List.of()).events()).doesNotContain("kettle");
      feed.play(NOISE);
      await("its alert ends", () -> announced("kettle", Phase.ENDED));
      reader.publish(
          TOPICS.command(), MessageCodec.toJson(new CommandMessage.RollBackHead("kettle")), false);
      awaitHeads(List.of(new StateMessage.Head("kettle", 1)));
    }
    home.announced.clear();
    try (Device device = home.device(new FeedSource())) {
      assertThat(device.events()).contains("kettle");
    }
  }

  @Test
  void whatIsRefusedIsToldWithItsReasonAndChangesNothing() throws Exception {
    FeedSource feed = new FeedSource();
    try (Device device = home.device(feed)) {
      device.start();
      connected(device);
      List<String> before = device.events();
      byte[] cut = update("kettle", 2);
      reader.publish(TOPICS.head(), Arrays.copyOf(cut, cut.length - 1), false);
      assertThat(awaitProblem()).contains("head_refused").contains("says it has");
      assertThat(device.events()).isEqualTo(before);

      reader.publish(TOPICS.head(), cut, false);
      awaitHeads(List.of(new StateMessage.Head("kettle", 2)));
      awaitLast(TOPICS.problem(), json -> problems(json).isEmpty());
      reader.publish(TOPICS.head(), update("kettle", 1), false);
      assertThat(awaitProblem()).contains("is not newer than version 2");
    }
  }

  @Test
  void filesInTheFolderAreDoneAndGoneOrStayAsRefused() throws Exception {
    Path folder = HeadRequests.folder(home.state());
    Path kettle = settled(HeadRequests.leaveUpdate(folder, "kettle", update("kettle", 1)));
    Path junk = settled(HeadRequests.leaveUpdate(folder, "junk", new byte[] {1, 2}));
    try (Device device = home.device(new FeedSource())) {
      device.start();
      await("the kettle is heard with", () -> device.events().contains("kettle"));
      await("the junk is refused", () -> Files.exists(HeadRequests.refused(junk)));
      await("the request is gone", () -> !Files.exists(kettle));
      assertThat(HeadRequests.refused(kettle)).doesNotExist();

      settled(HeadRequests.leaveRemoval(folder, "kettle"));
      await("the kettle is gone", () -> !device.events().contains("kettle"));
      settled(HeadRequests.leaveRollBack(folder, "kettle"));
      await("the kettle is back", () -> device.events().contains("kettle"));
      Path wrong = settled(HeadRequests.leaveRemoval(folder, "siren"));
      await("what shipped stays", () -> Files.exists(HeadRequests.refused(wrong)));
      assertThat(device.events()).contains("siren");
    }
  }

  private static Path settled(Path request) throws IOException {
    Files.setLastModifiedTime(request, FileTime.from(Instant.now().minusSeconds(5)));
    return request;
  }

  @Test
  void openAlertsOfOtherHeadsGoOn() throws Exception {
    FeedSource feed = new FeedSource();
    try (Device device = home.device(feed)) {
      device.start();
      connected(device);
      reader.publish(TOPICS.head(), update("kettle", 1), false);
      awaitHeads(List.of(new StateMessage.Head("kettle", 1)));
      feed.play(NOISE);
      await("the kettle is heard", () -> announced("kettle", Phase.OPENED));

      reader.publish(TOPICS.head(), update("a_door", 1), false);
      awaitHeads(List.of(new StateMessage.Head("a_door", 1), new StateMessage.Head("kettle", 1)));
      feed.play(NOISE);
      await("the door is heard", () -> announced("a_door", Phase.OPENED));

      assertThat(announced("kettle", Phase.ENDED)).isFalse();
      feed.end();
      device.awaitEnd();
      assertThat(home.announced.stream().filter(m -> m.event().equals("kettle")))
          .extracting(EventMessage::phase)
          .containsExactly(Phase.OPENED, Phase.ENDED);
    }
  }
}
