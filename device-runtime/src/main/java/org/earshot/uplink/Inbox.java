package org.earshot.uplink;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the broker sends and hands it on, on the uplink's thread; a bounded number waits. */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final String HOME_ASSISTANT_STATUS = "homeassistant/status";
  private static final int MAX_WAITING = 64;

  private final Topics topics;
  private final UplinkHandler handler;
  private final RetainedStates states;
  private final Mailbox mailbox;
  private final Tally tally;
  private final AtomicInteger waiting = new AtomicInteger();

  Inbox(Topics topics, UplinkHandler handler, RetainedStates states, Mailbox mailbox, Tally tally) {
    this.topics = topics;
    this.handler = handler;
    this.states = states;
    this.mailbox = mailbox;
    this.tally = tally;
  }

  /** Returns what is to be subscribed. */
  List<String> topics() {
    return List.of(topics.command(), topics.head(), topics.verdict(), HOME_ASSISTANT_STATUS);
  }

  /** Takes a message; on the network thread. */
  void take(Mqtt5Publish message) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      tally.ignored.incrementAndGet();
      return;
    }
    mailbox.run(() -> handle(message));
  }

  private void handle(Mqtt5Publish message) {
    waiting.decrementAndGet();
    String topic = message.getTopic().toString();
    byte[] payload = message.getPayloadAsBytes();
    try {
      if (topic.equals(HOME_ASSISTANT_STATUS)) {
        if (new String(payload, StandardCharsets.UTF_8).equals("online")) {
          states.allDue();
        }
      } else if (message.isRetain()) { // it would be obeyed again and again
        ignore("a retained message on " + topic + " is ignored; send it without retain");
      } else if (topic.equals(topics.command())) {
        handler.command(MessageCodec.parseCommand(payload));
      } else if (topic.equals(topics.head())) {
        handler.head(payload);
      } else if (topic.equals(topics.verdict())) {
        handler.verdict(MessageCodec.parseVerdict(payload));
      } else {
        ignore("a message on " + topic + " was not asked for");
      }
    } catch (MalformedMessageException e) {
      ignore(e.getMessage());
    } catch (RuntimeException e) { // a handler's mistake must not end the uplink
      LOG.error("a message on {} could not be handled", topic, e);
    }
  }

  private void ignore(String reason) {
    tally.ignored.incrementAndGet();
    LOG.warn("{}", reason);
  }
}
