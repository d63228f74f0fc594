package org.earshot.cloud.ingest;

import static org.earshot.cloud.ingest.Conditions.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.Samples;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One worker, a real Mosquitto, a real SQLite database. */
abstract class OneWorker {
  static final Topics HALL = new Topics("home", "hall");
  static final byte[] LOUD = Sounds.tone(0.5, 1);
  static final byte[] QUIET = Sounds.tone(0.01, 1);

  @TempDir Path folder;
  MosquittoBroker broker;
  Worker worker;
  MqttReader device;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    broker = MosquittoBroker.in(folder.resolve("broker"), "autosave_interval 1").start();
    worker = new Worker("one", broker.uri(), folder, new LoudnessVerifier("loudness")).start();
    awaitTaking();
    device = new MqttReader(broker.port(), HALL.verdict());
  }

  @AfterEach
  void stop() {
    if (worker != null) {
      device.close();
      worker.close();
      broker.close();
    }
  }

  void awaitTaking() throws InterruptedException {
    await("the subscription", worker.ingest::isTaking, worker.health::page);
  }

  void tell(EventMessage message) {
    device.publish(HALL.event(), MessageCodec.toJson(message), false);
  }

  void send(EventId id, byte[] flac) {
    device.publish(HALL.clip(id), flac, false);
  }

  EventRecord awaitVerdict(EventId id, Verdict verdict) throws InterruptedException {
    EventKey key = Samples.key(id);
    await(
        "a verdict on " + id,
        () -> {
          Optional<EventRecord> event = worker.history.find(key);
          return event.isPresent()
              && event.get().judgement() != null
              && event.get().judgement().verdict() == verdict;
        },
        () -> worker.history.find(key) + worker.health.page());
    return worker.history.find(key).orElseThrow();
  }

  double metric(String sample) {
    return worker
        .metrics
        .page()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
