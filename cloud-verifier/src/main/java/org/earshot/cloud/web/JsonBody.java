package org.earshot.cloud.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what a request holds: one JSON object, within bounds.
 *
 * <p>Every getter names the field in its {@link Problem} when it is missing or of a wrong kind.
 * Fields that nobody asks for are ignored; null counts as absent.
 */
final class JsonBody {
  private static final int MAX_LIST = 1000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(32)
                  .maxStringLength(4096)
                  .maxNameLength(128)
                  .build())
          .build();

  private final Map<String, Object> fields;

  private JsonBody(Map<String, Object> fields) {
    this.fields = fields;
  }

  static JsonBody parse(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.badRequest("the request is not a JSON object");
      }
      JsonBody body = new JsonBody(object(parser));
      if (parser.nextToken() != null) {
        throw Problem.badRequest("something follows the JSON object");
      }
      return body;
    } catch (IOException e) {
      throw Problem.badRequest("the request is not JSON that can be read");
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> new JsonBody(object(parser));
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (list.size() == MAX_LIST) {
            throw Problem.badRequest("a list has at most " + MAX_LIST + " elements");
          }
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getDoubleValue();
    };
  }

  /** A text of at most so many characters. */
  String text(String name, int maxChars) {
    return text(name, fields.get(name), maxChars);
  }

  /** The same, or what stands for its absence. */
  String text(String name, int maxChars, String absent) {
    Object value = fields.get(name);
    return value == null ? absent : text(name, value, maxChars);
  }

  boolean flag(String name) {
    if (fields.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw Problem.badRequest("'" + name + "' is wanted, true or false");
  }

  int whole(String name, int least, int most) {
    if (fields.get(name) instanceof Long number && number >= least && number <= most) {
      return number.intValue();
    }
    throw Problem.badRequest(
        "'" + name + "' is wanted, a whole number from " + least + " to " + most);
  }

  /** A list of objects. */
  List<JsonBody> objects(String name, int most) {
    List<JsonBody> objects = new ArrayList<>();
    for (Object element : list(name, most)) {
      if (!(element instanceof JsonBody object)) {
        throw Problem.badRequest("'" + name + "' is wanted, a list of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  private List<?> list(String name, int most) {
    if (fields.get(name) instanceof List<?> list && list.size() <= most) {
      return list;
    }
    throw Problem.badRequest("'" + name + "' is wanted, a list of at most " + most);
  }

  private static String text(String name, Object value, int maxChars) {
    if (value instanceof String text && text.length() <= maxChars) {
      return text;
    }
    throw Problem.badRequest(
        "'" + name + "' is wanted, a text of at most " + maxChars + " characters");
  }
}
