package org.earshot.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads one JSON message field by field, within bounds, keeping the byte offset for errors.
 *
 * <p>Fields that are null count as absent. A name may stand once in an object.
 */
final class JsonInput {
  /** Reads what an object holds, up to its closing brace. */
  interface Body<T> {
    T read(JsonInput in) throws IOException;
  }

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_STRING = 4096; // longest that is ever looked at
  private static final int MAX_NAME = 1024;

  /** Immutable once made; parsers of several threads share it. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .build())
          .build();

  private static final String REMEDY = "send what docs/event-protocol.md describes";

  private final String message;
  private final JsonParser parser;
  private int depth;
  private boolean versionSeen;
  private String field = "";

  private JsonInput(String message, JsonParser parser) {
    this.message = message;
    this.parser = parser;
  }

  /** Reads a whole message, from its first brace to the end of the bytes. */
  static <T> T parse(String message, byte[] json, Body<T> body) throws MalformedMessageException {
    if (json.length > MessageCodec.MAX_BYTES) {
      throw new MalformedMessageException(
          message,
          MessageCodec.MAX_BYTES,
          "it has " + json.length + " bytes",
          "send at most " + MessageCodec.MAX_BYTES);
    }
    try (JsonParser parser = JSON.createParser(json)) {
      JsonInput in = new JsonInput(message, parser);
      try {
        in.expect(parser.nextToken(), JsonToken.START_OBJECT, "an object");
        T value = in.object(body);
        in.end();
        return value;
      } catch (JsonProcessingException e) {
        long offset = e.getLocation() == null ? in.offset() : e.getLocation().getByteOffset();
        offset = Math.max(0, Math.min(json.length, offset));
        throw new MalformedMessageException(message, offset, e.getOriginalMessage(), REMEDY);
      } catch (IllegalArgumentException e) {
        throw in.malformed(e.getMessage());
      }
    } catch (MalformedMessageException e) {
      throw e;
    } catch (IOException e) { // not JSON at all, such as bytes that are no UTF-8
      throw new MalformedMessageException(message, 0, String.valueOf(e.getMessage()), REMEDY);
    }
  }

  /** Returns the next field's name, standing on its value, or null at the end of the object. */
  String nextField() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (depth == 1 && field.equals("v")) {
        checkVersion();
      } else if (value != JsonToken.VALUE_NULL) {
        return field;
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT, "the end of the object");
    return null;
  }

  /** Passes over a value that this version does not know. */
  void skip() throws IOException {
    parser.skipChildren();
  }

  String text() throws IOException {
    expect(parser.currentToken(), JsonToken.VALUE_STRING, "a text");
    return Checks.text(field, parser.getText());
  }

  String label() throws IOException {
    return Checks.label(field, text());
  }

  String place() throws IOException {
    return Checks.place(field, text());
  }

  EventId id() throws IOException {
    return new EventId(text());
  }

  Instant moment() throws IOException {
    try {
      return Checks.moment(field, Instant.parse(text()));
    } catch (DateTimeException e) {
      throw malformed("'" + field + "' is no moment like 2026-01-31T12:00:00.000Z");
    }
  }

  <E extends Enum<E>> E choice(Class<E> type) throws IOException {
    String text = text();
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw malformed("'" + field + "' is '" + text + "', which is none of its values");
  }

  boolean truth() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw wrongType("true or false", token);
    }
    return token == JsonToken.VALUE_TRUE;
  }

  double real(double minimum, double maximum) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw wrongType("a number", token);
    }
    return Checks.between(field, parser.getDoubleValue(), minimum, maximum);
  }

  int integer(int minimum, int maximum) throws IOException {
    return (int) whole(minimum, maximum);
  }

  long count() throws IOException {
    return whole(0, Long.MAX_VALUE);
  }

  private long whole(long minimum, long maximum) throws IOException {
    expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
    return Checks.range(field, parser.getLongValue(), minimum, maximum);
  }

  /** Reads an object that the parser stands on. */
  <T> T object(Body<T> body) throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "an object");
    depth++;
    T value = body.read(this);
    depth--;
    return value;
  }

  /** Reads a list of at most {@code maximum} elements. */
  <T> List<T> list(int maximum, Body<T> element) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "a list");
    String name = field;
    List<T> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      field = name;
      if (elements.size() == maximum) {
        throw malformed("'" + name + "' has more than " + maximum + " elements");
      }
      elements.add(element.read(this));
    }
    return elements;
  }

  /** Returns the value, or says that its field is missing. */
  <T> T required(String name, T value) throws MalformedMessageException {
    if (value == null) {
      throw malformed("the field '" + name + "' is missing");
    }
    return value;
  }

  MalformedMessageException malformed(String problem) {
    return new MalformedMessageException(message, offset(), problem, REMEDY);
  }

  private void checkVersion() throws IOException {
    long version = whole(Long.MIN_VALUE, Long.MAX_VALUE);
    if (version != MessageCodec.VERSION) {
      throw new MalformedMessageException(
          message,
          offset(),
          "it has version " + version + ", this program reads " + MessageCodec.VERSION,
          "update the older of the two programs");
    }
    versionSeen = true;
  }

  private void end() throws IOException {
    required("v", versionSeen ? Boolean.TRUE : null);
    if (parser.nextToken() != null) {
      throw malformed("something follows the message");
    }
  }

  private void expect(JsonToken token, JsonToken wanted, String name)
      throws MalformedMessageException {
    if (token != wanted) {
      throw wrongType(name, token);
    }
  }

  private MalformedMessageException wrongType(String wanted, JsonToken found) {
    String where = field.isEmpty() ? "the message" : "'" + field + "'";
    return malformed(where + " is not " + wanted + " but " + describe(found));
  }

  private static String describe(JsonToken token) {
    if (token == null) {
      return "cut off";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "null";
    };
  }

  private long offset() {
    return Math.max(0, parser.currentTokenLocation().getByteOffset());
  }
}
