package org.earshot.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.earshot.detect.Alert;

/** Prints alerts, one a line, in a form that scripts may rely on. */
interface AlertWriter {
  /** Prints what stands before the first alert. */
  void header();

  /** Prints one alert of a recording. */
  void alert(String filename, Alert alert);

  /** The forms. */
  enum Format {
    /** sed_eval's columns and one more, with a header line. */
    TSV {
      @Override
      AlertWriter writer(PrintWriter out) {
        return new Tsv(out);
      }
    },
    /** One JSON object a line, with the same names. */
    JSONL {
      @Override
      AlertWriter writer(PrintWriter out) {
        return new JsonLines(out);
      }
    };

    abstract AlertWriter writer(PrintWriter out);
  }

  /** Tab-separated values. */
  record Tsv(PrintWriter out) implements AlertWriter {
    @Override
    public void header() {
      out.print("filename\tonset\toffset\tevent_label\tposterior\n");
    }

    @Override
    public void alert(String filename, Alert alert) {
      StringBuilder line = new StringBuilder(Messages.line(filename)).append('\t');
      Decimals.append(line, alert.onsetSeconds(), 2).append('\t');
      Decimals.append(line, alert.offsetSeconds(), 2).append('\t');
      line.append(alert.event()).append('\t');
      Decimals.append(line, alert.peakPosterior(), 3).append('\n');
      out.print(line);
    }
  }

  /** JSON objects. */
  record JsonLines(PrintWriter out) implements AlertWriter {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public void header() {}

    @Override
    public void alert(String filename, Alert alert) {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(line)) {
        json.writeStartObject();
        json.writeStringField("filename", filename);
        json.writeNumberField("onset", decimal(alert.onsetSeconds(), 2));
        json.writeNumberField("offset", decimal(alert.offsetSeconds(), 2));
        json.writeStringField("event_label", alert.event());
        json.writeNumberField("posterior", decimal(alert.peakPosterior(), 3));
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.print(line + "\n");
    }

    private static BigDecimal decimal(double value, int decimals) {
      return new BigDecimal(Decimals.of(value, decimals));
    }
  }
}
