package org.earshot.cloud.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Models' scores as one text: {@code ["model","label",0.5,"model",...]}. */
final class ScoresJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ScoresJson() {}

  static String write(List<ModelScore> scores) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartArray();
      for (ModelScore score : scores) {
        out.writeString(score.model());
        out.writeString(score.label());
        out.writeNumber(score.probability());
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of a text in memory
    }
    return text.toString();
  }

  /** Throws StoreException when somebody else has written the column. */
  static List<ModelScore> parse(String text) {
    List<ModelScore> scores = new ArrayList<>();
    try (JsonParser in = JSON.createParser(text)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.VALUE_STRING) {
        String model = in.getText();
        String label = in.nextTextValue();
        in.nextToken();
        scores.add(new ModelScore(model, label, in.getDoubleValue()));
      }
    } catch (IOException e) {
      throw new StoreException("database: column scores holds no list of scores", e);
    }
    return scores;
  }
}
