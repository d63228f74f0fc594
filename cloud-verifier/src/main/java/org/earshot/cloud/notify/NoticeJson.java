package org.earshot.cloud.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.earshot.event.EventMessage;

/** The JSON object that webhooks and MQTT carry (docs/notifications.md). */
final class NoticeJson {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private NoticeJson() {}

  /**
   * Returns the object in UTF-8.
   *
   * @param clip the sound, as FLAC; null for none
   */
  static byte[] of(Notice notice, byte[] clip) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("key", notice.idempotencyKey());
      json.writeStringField("stage", notice.stage().label());
      json.writeNumberField("revision", notice.revision());
      json.writeStringField("site", notice.key().site());
      json.writeStringField("id", notice.key().id().text());
      if (notice.stage() != Stage.WITHDRAWN) {
        news(json, notice, clip);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it goes to memory
    }
    return bytes.toByteArray();
  }

  private static void news(JsonGenerator json, Notice notice, byte[] clip) throws IOException {
    EventMessage message = notice.message();
    json.writeStringField("title", notice.title());
    json.writeStringField("text", notice.text());
    if (notice.link() != null) {
      json.writeStringField("url", notice.link().toString());
    }
    json.writeStringField("event", message.event());
    json.writeBooleanField("lifeSafety", notice.lifeSafety());
    json.writeStringField("device", message.device());
    json.writeStringField("microphone", message.microphone());
    json.writeStringField("mode", message.mode());
    json.writeStringField("onset", message.onset().toString());
    if (message.offset() != null) {
      json.writeStringField("offset", message.offset().toString());
    }
    json.writeNumberField("posterior", message.posterior());
    json.writeStringField("verdict", notice.standing().label());
    if (!Double.isNaN(notice.probability())) {
      json.writeNumberField("probability", notice.probability());
      json.writeStringField("verifier", notice.verifier());
    }
    if (clip != null) {
      json.writeObjectFieldStart("clip");
      json.writeStringField("type", "audio/flac");
      json.writeBinaryField("base64", clip);
      json.writeEndObject();
    }
  }
}
