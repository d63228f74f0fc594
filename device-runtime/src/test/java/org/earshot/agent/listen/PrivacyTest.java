package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earshot.agent.health.DeviceStatus;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts every byte that a broker gets from a device that hears nothing which its owner asked for.
 *
 * <p>The reader subscribes to all topics before the device comes, so nothing that the broker gets
 * passes it by; the device's end is ordered, with an empty outbox.
 */
class PrivacyTest {
  /**
   * Smoke and carbon monoxide alarms count always; these are heard and do not count. No two
   * appliances beep in a row: together they would be another sound than the ones recorded.
   */
  private static final List<String> UNWANTED =
      List.of(
          "not-microwave",
          "siren-wail",
          "not-washer",
          "glass-break",
          "not-alarm-clock",
          "dog-bark",
          "not-low-battery",
          "baby-cry",
          "door-knock");

  private static final int ROUNDS_OF_AN_HOUR = 70; // of 52 s

  @TempDir private Path scratch;

  @Test
  void anHourOfUnselectedEventsAndNegativesPublishesNoAudioAndNoAlert() throws Exception {
    Heard heard = replay("[guard]\nmode = \"disarmed\"\n", ROUNDS_OF_AN_HOUR);
    System.out.printf(
        "%.0f s of unselected events and negatives, disarmed; events heard and not told: %s;"
            + " bytes at the broker by topic: %s%n",
        heard.seconds, heard.suppressed, heard.bytes);
    assertThat(heard.seconds).isGreaterThan(3600);
    assertThat(heard.suppressed.get("siren")).isGreaterThanOrEqualTo(ROUNDS_OF_AN_HOUR - 1L);
    assertThat(heard.suppressed.get("dog_bark")).isGreaterThanOrEqualTo(ROUNDS_OF_AN_HOUR - 1L);
    assertThat(heard.alerts).isEmpty();
    assertThat(heard.waiting).isZero();
    assertThat(heard.bytes)
        .containsKeys("state", "level", "mode", "problem")
        .doesNotContainKeys("clip", "event", "live")
        .allSatisfy((kind, bytes) -> assertThat(bytes).as(kind).isLessThan(20_000));
  }

  /** The measurement would see it. */
  @Test
  void theSameSoundsPublishAlertsAndAudioWhenTheyAreSelected() throws Exception {
    Heard heard = replay(TestHome.EVERYTHING, 1);
    assertThat(heard.bytes).containsKeys("event", "clip");
    assertThat(heard.bytes.get("clip")).isGreaterThan(100_000);
    assertThat(heard.suppressed).isEmpty();
  }

  /**
   * What came of a replay.
   *
   * @param bytes at the broker, topics and payloads, by kind of topic
   * @param waiting items in the outbox
   */
  private record Heard(
      double seconds,
      Map<String, Long> alerts,
      Map<String, Long> suppressed,
      int waiting,
      Map<String, Long> bytes) {}

  private Heard replay(String tables, int rounds) throws IOException, InterruptedException {
    List<Path> recordings = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      UNWANTED.forEach(name -> recordings.add(TestHome.demo(name)));
    }
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        MqttReader reader = new MqttReader(broker.port(), "#")) {
      TestHome home = new TestHome(scratch, broker.uri(), tables);
      DeviceStatus status;
      try (Device device = home.device(ReplaySource.fast(recordings))) {
        device.start();
        device.awaitEnd();
        reader.await("the level", all -> all.stream().anyMatch(m -> m.topic().endsWith("/level")));
        status = device.status();
      }
      reader.await(
          "the device's end", all -> all.stream().anyMatch(m -> m.text().contains("\"offline\"")));
      return new Heard(
          status.microphones().get(0).audioSeconds(),
          status.alerts(),
          status.suppressed(),
          status.outbox().items(),
          bytesByKind(reader.received()));
    }
  }

  private static Map<String, Long> bytesByKind(List<MqttReader.Received> received) {
    Map<String, Long> bytes = new TreeMap<>();
    for (MqttReader.Received message : received) {
      String[] levels = message.topic().split("/", -1);
      String kind = levels[0].equals("earshot") ? levels[3] : levels[0];
      bytes.merge(kind, (long) message.topic().length() + message.payload().length, Long::sum);
    }
    return bytes;
  }
}
