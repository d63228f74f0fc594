package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.earshot.audio.capture.ProcessSource;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.ProblemMessage;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.fixture.PulseAudio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a sound server through the programs that capture to a broker, all of them real. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class RealPathTest {
  private static final Topics TOPICS = new Topics("home", "hall");
  private static final Path ALARM = TestHome.demo("smoke-alarm-european");

  @TempDir private Path scratch;

  @Test
  void anAlarmInTheRoomIsToldAndTheDeviceOutlivesItsSoundServer() throws Exception {
    PulseAudio.assumeInstalled();
    MosquittoBroker.assumeInstalled();
    try (PulseAudio pulse = PulseAudio.start(Files.createDirectory(scratch.resolve("p")));
        MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        MqttReader reader = new MqttReader(broker.port(), "earshot/#");
        Device device = device(pulse, broker)) {
      device.start();
      reader.awaitOn(TOPICS.state(), message -> true);
      awaitBothHear(device);
      pulse.play(ALARM);
      awaitAlarms(reader, 1);

      pulse.kill();
      reader.await("both are lost", all -> lost(all).equals(Set.of("parec", "arecord")));
      try (MqttReader late = new MqttReader(broker.port(), TOPICS.problem())) {
        MqttReader.Received retained = late.awaitOn(TOPICS.problem(), message -> true);
        assertThat(retained.retained()).isTrue();
        assertThat(retained.text()).contains("device_lost").contains("\"problem\":\"ON\"");
      }

      pulse.startServer();
      reader.await("both are back", all -> lost(all).isEmpty());
      pulse.play(ALARM);
      awaitAlarms(reader, 2);
      assertThat(device.status().lostHandOffs()).isZero();
    }
  }

  private Device device(PulseAudio pulse, MosquittoBroker broker) throws IOException {
    return new TestHome(scratch, broker.uri(), "")
        .device(
            List.of(
                new Device.Input(
                    "parec",
                    ProcessSource.parec(PulseAudio.MONITOR).withEnvironment(pulse.environment())),
                new Device.Input(
                    "arecord", ProcessSource.arecord("room").withEnvironment(pulse.environment()))),
            Clock.systemUTC(),
            message -> {});
  }

  private static void awaitBothHear(Device device) throws InterruptedException {
    for (Ear ear : device.ears()) {
      while (ear.processedSamples() == 0) { // the test has a time limit
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private static void awaitAlarms(MqttReader reader, int each) {
    for (String microphone : List.of("parec", "arecord")) {
      reader.await(each + " smoke alarms by " + microphone, all -> alarms(all, microphone) >= each);
    }
  }

  private static long alarms(List<MqttReader.Received> received, String microphone) {
    return received.stream()
        .filter(message -> message.topic().equals(TOPICS.event()))
        .map(RealPathTest::event)
        .filter(event -> event.phase() == Phase.OPENED && event.event().equals("smoke_alarm"))
        .filter(event -> event.microphone().equals(microphone))
        .count();
  }

  /** Microphones that are lost, as the last message on problems has it. */
  private static Set<String> lost(List<MqttReader.Received> received) {
    return received.stream()
        .filter(message -> message.topic().equals(TOPICS.problem()))
        .reduce((first, second) -> second)
        .map(message -> problems(message).problems())
        .orElse(List.of())
        .stream()
        .filter(problem -> problem.kind().equals("device_lost"))
        .map(ProblemMessage.Problem::source)
        .collect(Collectors.toSet());
  }

  private static EventMessage event(MqttReader.Received message) {
    try {
      return MessageCodec.parseEvent(message.payload());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ProblemMessage problems(MqttReader.Received message) {
    try {
      return MessageCodec.parseProblems(message.payload());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
