package org.earshot.agent.health;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two pages that a device serves: health as JSON, metrics as text. */
final class HealthPages {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};
  private static final Path STATUS = Path.of("/proc/self/status");

  private HealthPages() {}

  /** What a person or a supervisor asks for: is it listening, is it connected, what is wrong. */
  static String health(DeviceStatus status) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("status", status.isWell() ? "ok" : "problem");
      json.writeBooleanField("listening", status.isListening());
      json.writeStringField("mode", status.mode());
      json.writeStringField("version", status.version());
      json.writeNumberField("uptime_seconds", status.uptime().toSeconds());
      json.writeArrayFieldStart("microphones");
      for (DeviceStatus.Microphone microphone : status.microphones()) {
        json.writeStartObject();
        json.writeStringField("name", microphone.name());
        json.writeArrayFieldStart("problems");
        for (String problem : microphone.problems()) {
          json.writeString(problem);
        }
        json.writeEndArray();
        json.writeNumberField("audio_seconds", tenths(microphone.audioSeconds()));
        decibels(json, "level_db", microphone.levelDb());
        decibels(json, "peak_db", microphone.peakDb());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (status.broker() != null) {
        json.writeObjectFieldStart("broker");
        json.writeStringField("address", status.broker().address());
        json.writeBooleanField("connected", status.broker().connected());
        json.writeStringField("problem", status.broker().problem());
        json.writeEndObject();
      }
      json.writeNumberField("waiting", status.outbox().items());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.append('\n').toString();
  }

  /** Silence has no level in decibels: null. */
  private static void decibels(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, tenths(value));
    } else {
      json.writeNullField(name);
    }
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** What a monitoring system collects. */
  static String metrics(DeviceStatus status) {
    OpenMetrics out = new OpenMetrics();
    List<DeviceStatus.Microphone> microphones = status.microphones();
    out.family("earshot_audio_seconds", "counter", "Seconds of audio that were processed.");
    microphones.forEach(m -> out.sample("_total", m.audioSeconds(), "microphone", m.name()));
    out.family("earshot_gap_seconds", "counter", "Seconds of audio that are missing.");
    microphones.forEach(m -> out.sample("_total", m.gapSeconds(), "microphone", m.name()));
    out.family("earshot_dropped_samples", "counter", "Samples captured and not processed.");
    microphones.forEach(m -> out.sample("_total", m.droppedSamples(), "microphone", m.name()));
    out.family(
        "earshot_microphone_reopened", "counter", "How often a microphone was opened again.");
    microphones.forEach(m -> out.sample("_total", m.reopened(), "microphone", m.name()));
    out.family("earshot_microphone_up", "gauge", "1 while the microphone hears.");
    microphones.forEach(
        m -> out.sample("", m.problems().isEmpty() ? 1 : 0, "microphone", m.name()));
    out.family("earshot_level_dbfs", "gauge", "Root mean square of the last second.");
    microphones.forEach(m -> out.sample("", m.levelDb(), "microphone", m.name()));
    out.family("earshot_frame_seconds", "summary", "Processor time of a frame of 10 ms.");
    for (DeviceStatus.Microphone m : microphones) {
      for (double q : QUANTILES) {
        String quantile = Double.toString(q);
        out.sample("", m.frames().quantileSeconds(q), "microphone", m.name(), "quantile", quantile);
      }
      out.sample("_count", m.frames().count(), "microphone", m.name());
      out.sample("_sum", m.frames().sumSeconds(), "microphone", m.name());
    }
    out.family("earshot_alerts", "counter", "Alerts that were raised.")
        .counters("event", status.alerts());
    out.family("earshot_suppressed_alerts", "counter", "Alerts that mode or cooldown kept back.")
        .counters("event", status.suppressed());
    out.family("earshot_lost_hand_offs", "counter", "Alerts that found the hand-off queue full.")
        .sample("_total", status.lostHandOffs());
    out.family("earshot_outbox_items", "gauge", "Messages and clips that wait for the broker.")
        .sample("", status.outbox().items());
    out.family("earshot_outbox_bytes", "gauge", "Their size on disk.")
        .sample("", status.outbox().bytes());
    out.family("earshot_discarded_clips", "counter", "Clips that gave way to newer ones.")
        .sample("_total", status.outbox().discardedClips());
    if (status.broker() != null) {
      out.family("earshot_broker_connected", "gauge", "1 while the broker is connected.")
          .sample("", status.broker().connected() ? 1 : 0);
      out.family("earshot_broker_reconnects", "counter", "Connections after the first.")
          .sample("_total", status.broker().reconnects());
      out.family("earshot_published", "counter", "Messages that the broker acknowledged.")
          .sample("_total", status.broker().published());
    }
    out.family("earshot_uptime_seconds", "gauge", "Since it began to listen.")
        .sample("", status.uptime().toMillis() / 1e3);
    memory(out);
    return out.finish();
  }

  private static void memory(OpenMetrics out) {
    Runtime runtime = Runtime.getRuntime();
    out.family("earshot_heap_bytes", "gauge", "Heap in use.")
        .sample("", runtime.totalMemory() - runtime.freeMemory());
    double resident = residentBytes();
    if (!Double.isNaN(resident)) {
      out.family("earshot_resident_bytes", "gauge", "Resident memory of the process.")
          .sample("", resident);
    }
  }

  /** Resident memory as Linux tells it; NaN elsewhere. */
  static double residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      return Double.NaN;
    }
    return Double.NaN;
  }
}
