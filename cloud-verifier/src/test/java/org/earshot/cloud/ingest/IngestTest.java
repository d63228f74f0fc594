package org.earshot.cloud.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earshot.cloud.store.EventFilter;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.SetAside;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.Test;

/** What one worker does with what devices send, while all is well. */
class IngestTest extends OneWorker {
  @Test
  void judgesAClipThatComesAfterItsEventAndOneThatComesBefore() throws InterruptedException {
    EventId first = Samples.id();
    EventId second = Samples.id();

    tell(Samples.opened(first, "smoke_alarm"));
    send(first, LOUD);
    send(second, QUIET);
    tell(Samples.opened(second, "dog_bark"));

    EventRecord confirmed = awaitVerdict(first, Verdict.CONFIRMED);
    assertThat(confirmed.clip().length()).hasSeconds(1);
    assertThat(confirmed.judgement().model()).isEqualTo("loudness");
    awaitVerdict(second, Verdict.REJECTED);
    assertThat(worker.clips.get(Samples.key(first))).hasValue(LOUD);
    var told = device.await("two verdicts", all -> all.size() == 2);
    assertThat(told)
        .extracting(message -> MessageCodec.parseVerdict(message.payload()).id())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void whatComesAgainChangesNothing() throws InterruptedException {
    EventId id = Samples.id();
    for (int i = 0; i < 3; i++) {
      tell(Samples.opened(id, "dog_bark"));
      send(id, LOUD);
    }
    awaitVerdict(id, Verdict.CONFIRMED);
    await("the last", () -> metric("earshot_repeated_total{kind=\"clip\"}") == 2);
    await("the last", () -> metric("earshot_repeated_total{kind=\"event\"}") == 2);

    assertThat(worker.history.find(EventFilter.all(Set.of("home"), 10))).hasSize(1);
    await("the verdict", () -> metric("earshot_verdicts_total{verdict=\"confirmed\"}") == 1);
    assertThat(worker.setAside.count()).isZero();
  }

  @Test
  void noKindOfPoisonStopsTheLine() throws InterruptedException {
    EventId id = Samples.id();
    EventMessage message = Samples.opened(id, "dog_bark");
    String json = new String(MessageCodec.toJson(message), StandardCharsets.UTF_8);
    EventId sound = Samples.id();
    device.publish(HALL.event(), new byte[0], false);
    device.publish(HALL.event(), bytes("{\"v\":1,"), false);
    device.publish(HALL.event(), new byte[] {(byte) 0xff, 0, 1}, false);
    device.publish(HALL.event(), bytes(json.replace("\"v\":1", "\"v\":2")), false);
    device.publish(HALL.event(), bytes(" ".repeat(70_000)), false);
    device.publish("earshot/home/attic/event", bytes(json), false); // says it is of another device
    device.publish("earshot/other/hall/event", bytes(json), false); // of another site
    device.publish("earshot/ho me/hall/event", bytes(json), false);
    device.publish("earshot/home/hall/clip/7", LOUD, false);
    device.publish(HALL.clip(sound), bytes("RIFF, no FLAC"), false);
    device.publish(HALL.clip(sound), Arrays.copyOf(LOUD, LOUD.length / 2), false);
    device.publish(HALL.clip(sound), Sounds.tone(0.5, 1, 44_100), false);
    device.publish(HALL.clip(sound), Sounds.tone(0.5, 61), false);
    device.publish(HALL.clip(sound), new byte[(2 << 20) + 1], false);

    tell(message);
    send(id, LOUD);
    awaitVerdict(id, Verdict.CONFIRMED);

    await("all set aside", () -> worker.setAside.count() == 14, this::asideText);
    List<SetAside.Message> kept = worker.setAside.latest(20);
    assertThat(kept)
        .extracting(SetAside.Message::reason)
        .anyMatch(reason -> reason.contains("its topic not"))
        .anyMatch(reason -> reason.contains("44100 Hz"))
        .anyMatch(reason -> reason.contains("longer than 60 s"))
        .anyMatch(reason -> reason.contains("2097153 bytes"))
        .anyMatch(reason -> reason.contains("70000 bytes"));
    assertThat(kept)
        .filteredOn(each -> !each.topic().endsWith("/event"))
        .allSatisfy(each -> assertThat(each.payload()).isEmpty());
    assertThat(worker.history.find(EventFilter.all(Set.of("home", "other"), 10))).hasSize(1);
    assertThat(worker.clips.list(null, 10)).containsExactly(Samples.key(id));
  }

  private String asideText() {
    StringBuilder text = new StringBuilder();
    worker.setAside.latest(30).forEach(m -> text.append(m.topic() + ": " + m.reason() + "\n"));
    return text.toString();
  }

  @Test
  void anotherDeviceCannotReplaceAClip() throws InterruptedException {
    EventId id = Samples.id();
    tell(Samples.opened(id, "dog_bark"));
    send(id, LOUD);
    awaitVerdict(id, Verdict.CONFIRMED);

    device.publish(new Topics("home", "attic").clip(id), QUIET, false);

    await("set aside", () -> worker.setAside.count() == 1);
    assertThat(worker.clips.get(Samples.key(id))).hasValue(LOUD);
  }

  @Test
  void aClipOfWhatWasDeletedIsNotKept() throws InterruptedException {
    EventId id = Samples.id();
    tell(Samples.opened(id, "dog_bark"));
    await("the event", () -> worker.history.find(Samples.key(id)).isPresent());
    worker.history.delete(Samples.key(id), "anna", "test", Samples.NOW);

    send(id, LOUD);

    await("refused", () -> metric("earshot_refused_total{kind=\"clip\",reason=\"deleted\"}") == 1);
    assertThat(worker.clips.get(Samples.key(id))).isEmpty();
    assertThat(worker.setAside.count()).isZero();
  }

  @Test
  void remembersWhatDevicesSayOfThemselves() throws InterruptedException {
    device.publish(HALL.sensitivity("siren"), bytes("40"), true);
    device.publish(HALL.siren(), bytes("ON"), true);
    device.publish(HALL.sensitivity("dog_bark"), bytes("101"), true);
    device.publish(HALL.state(), MessageCodec.toJson(StateMessage.offline()), true);

    await(
        "the device is known",
        () ->
            worker
                .devices
                .find("home", "hall")
                .filter(d -> d.siren() && d.state() != null)
                .filter(d -> Map.of("siren", 40).equals(d.sensitivities()))
                .isPresent());
    await("what made no sense is set aside", () -> worker.setAside.count() == 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
