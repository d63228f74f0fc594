package org.earshot.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes one JSON message; fields that are null are left out. */
final class JsonOutput {
  /** Writes what stands between the braces. */
  interface Body {
    void write(JsonOutput out) throws IOException;
  }

  /** Always three decimals: moments of one message compare as texts. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator generator;

  private JsonOutput(JsonGenerator generator) {
    this.generator = generator;
  }

  /** Returns a message with its version first. */
  static byte[] message(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      JsonOutput out = new JsonOutput(generator);
      generator.writeStartObject();
      out.whole("v", MessageCodec.VERSION);
      body.write(out);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  void text(String name, String value) throws IOException {
    if (value != null) {
      generator.writeStringField(name, value);
    }
  }

  void moment(String name, Instant value) throws IOException {
    text(name, value == null ? null : MOMENT.format(value));
  }

  void choice(String name, Enum<?> value) throws IOException {
    text(name, value.name().toLowerCase(Locale.ROOT));
  }

  void whole(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
  }

  void real(String name, double value) throws IOException {
    generator.writeNumberField(name, value);
  }

  void truth(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
  }

  void texts(String name, Iterable<String> values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (String value : values) {
      generator.writeString(value);
    }
    generator.writeEndArray();
  }

  void object(String name, Body body) throws IOException {
    generator.writeObjectFieldStart(name);
    body.write(this);
    generator.writeEndObject();
  }

  /** Writes a list of objects. */
  void objects(String name, Iterable<Body> bodies) throws IOException {
    generator.writeArrayFieldStart(name);
    for (Body body : bodies) {
      generator.writeStartObject();
      body.write(this);
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
