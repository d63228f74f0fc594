package org.earshot.cloud.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.earshot.cloud.store.DeviceRecord;
import org.earshot.cloud.store.Devices;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;

/**
 * Stores what a device says of itself.
 *
 * <p>What the broker had retained and is known already is not stored again: it would make a device
 * that has been away for days look as if it had just been heard.
 */
final class DeviceNews {
  private final Devices devices;

  DeviceNews(Devices devices) {
    this.devices = devices;
  }

  /** Stores a message; throws StoreException when the database does not work. */
  void store(LatestByTopic.Entry entry) throws PoisonException {
    Topics.Address address =
        Topics.parse(entry.topic())
            .orElseThrow(() -> new PoisonException("topic", "the topic is none of a device"));
    byte[] payload = entry.message().payload();
    if (payload.length == 0) {
      return; // what was retained is removed: the device says nothing of it any more
    }
    if (payload.length > MessageCodec.MAX_BYTES) {
      throw new PoisonException("too_large", payload.length + " bytes");
    }
    try {
      store(address, payload, entry.message());
    } catch (MalformedMessageException e) {
      throw new PoisonException("malformed", e.getMessage());
    }
  }

  private void store(Topics.Address address, byte[] payload, LatestByTopic.Message message)
      throws MalformedMessageException, PoisonException {
    String site = address.topics().site();
    String device = address.topics().device();
    Instant at = message.receivedAt();
    DeviceRecord known = message.retained() ? devices.find(site, device).orElse(null) : null;
    switch (address.kind()) {
      case STATE -> {
        StateMessage state = MessageCodec.parseState(payload);
        if (known == null || !state.equals(known.state())) {
          devices.state(site, device, state, at);
        }
      }
      case PROBLEM -> {
        ProblemMessage problems = MessageCodec.parseProblems(payload);
        if (known == null || !problems.equals(known.problems())) {
          devices.problems(site, device, problems, at);
        }
      }
      case HEALTH -> devices.health(site, device, MessageCodec.parseHealth(payload), at);
      case SIREN -> {
        boolean on = text(payload, "ON", "OFF").equals("ON");
        if (known == null || known.siren() != on) {
          devices.siren(site, device, on, at);
        }
      }
      case SENSITIVITY -> {
        int value = sensitivity(payload);
        Integer before = known == null ? null : known.sensitivities().get(address.detail());
        if (before == null || before != value) {
          devices.sensitivity(site, device, address.detail(), value, at);
        }
      }
      default -> throw new PoisonException("topic", "nothing that is kept of a device");
    }
  }

  private static String text(byte[] payload, String... allowed) throws PoisonException {
    String text = new String(payload, StandardCharsets.UTF_8);
    for (String each : allowed) {
      if (each.equals(text)) {
        return text;
      }
    }
    throw new PoisonException("malformed", "wanted " + String.join(" or ", allowed));
  }

  private static int sensitivity(byte[] payload) throws PoisonException {
    String text = new String(payload, StandardCharsets.US_ASCII);
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 100) {
      throw new PoisonException("malformed", "wanted a whole number from 0 to 100");
    }
    return Integer.parseInt(text);
  }
}
