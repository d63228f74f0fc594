package org.earshot.agent.listen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.Outbox;
import org.earshot.outbox.OutboxEntry;
import org.earshot.outbox.OutboxItem;
import org.earshot.outbox.Priority;
import org.earshot.uplink.MqttUplink;

/** Puts messages and clips into the outbox, whence the uplink takes them to the broker. */
final class BrokerPost implements Post {
  private final Outbox outbox;
  private final Topics topics;
  private final MqttUplink uplink;

  BrokerPost(Outbox outbox, Topics topics, MqttUplink uplink) {
    this.outbox = outbox;
    this.topics = topics;
    this.uplink = uplink;
  }

  /** What no disk takes goes to the broker without it, if that is there at this moment. */
  @Override
  public void message(EventMessage message, boolean lifeSafety) throws IOException {
    byte[] json = MessageCodec.toJson(message);
    try {
      put(message.id(), ItemKind.EVENT, topics.event(), json, lifeSafety);
    } catch (IOException e) {
      uplink.send(topics.event(), json);
      throw e;
    }
  }

  @Override
  public void clip(EventId id, byte[] flac, boolean lifeSafety) throws IOException {
    put(id, ItemKind.CLIP, topics.clip(id), flac, lifeSafety);
  }

  private void put(EventId id, ItemKind kind, String topic, byte[] payload, boolean lifeSafety)
      throws IOException {
    Priority priority = lifeSafety ? Priority.LIFE_SAFETY : Priority.NORMAL;
    outbox.put(new OutboxItem(id, kind, topic, payload, priority));
  }

  @Override
  public void deleteClip(EventId id) throws IOException {
    for (OutboxEntry clip :
        outbox.waiting(entry -> entry.kind() == ItemKind.CLIP && entry.id().equals(id))) {
      outbox.acknowledge(clip);
    }
  }

  @Override
  public void sounding(String event, boolean on) {
    uplink.retain(topics.sound(event), (on ? "ON" : "OFF").getBytes(StandardCharsets.US_ASCII));
  }
}
