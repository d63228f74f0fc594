package org.earshot.uplink;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.Outbox;
import org.earshot.outbox.OutboxItem;
import org.earshot.outbox.OutboxLimits;
import org.earshot.outbox.OutboxListener;
import org.earshot.outbox.Priority;

/** Outbox and uplink as a device has them, with short delays. */
final class Device implements AutoCloseable {
  static final Topics TOPICS = new Topics("home", "hall");

  private static final Instant ONSET = Instant.parse("2026-01-31T12:00:00Z");

  final Heard heard = new Heard();
  final Outbox outbox;
  final MqttUplink uplink;
  private final Random random = new Random(5);
  private final EventIds ids = new EventIds(Clock.systemUTC(), random);

  Device(Path folder, UplinkSettings settings, OutboxListener listener) throws IOException {
    outbox = Outbox.open(folder, OutboxLimits.bytes(64 << 20), listener);
    uplink = new MqttUplink(settings, TOPICS, outbox, heard, random);
  }

  /** What nobody subscribes to does not wait: {@link UplinkAudienceTest} is about that. */
  static UplinkSettings settings(URI broker) {
    return UplinkSettings.to(broker, "hall")
        .withDelays(Duration.ofMillis(20), Duration.ofMillis(200))
        .withPatience(Duration.ofSeconds(30), 3)
        .withUnheardPatience(Duration.ZERO);
  }

  static StateMessage online() {
    return new StateMessage(
        true,
        ONSET,
        "1",
        "m",
        "away",
        "away",
        List.of("kitchen"),
        List.of("siren"),
        List.of(),
        null);
  }

  EventId nextId() {
    return ids.next();
  }

  void putEvent(EventId id, Priority priority, int padding) throws IOException {
    EventMessage message =
        new EventMessage(
            id,
            priority == Priority.LIFE_SAFETY ? "smoke_alarm" : "dog_bark",
            Phase.OPENED,
            ONSET,
            ONSET,
            null,
            0.9,
            "m".repeat(padding),
            "away",
            50,
            true,
            0,
            TOPICS.site(),
            TOPICS.device(),
            "m");
    outbox.put(
        new OutboxItem(id, ItemKind.EVENT, TOPICS.event(), MessageCodec.toJson(message), priority));
  }

  void putClip(EventId id, Priority priority, int bytes) throws IOException {
    byte[] clip = new byte[bytes];
    random.nextBytes(clip);
    outbox.put(new OutboxItem(id, ItemKind.CLIP, TOPICS.clip(id), clip, priority));
  }

  @Override
  public void close() throws IOException {
    uplink.close();
    outbox.close();
  }
}
