package org.earshot.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)(\\{([a-z]+=\"([^\"\\\\\n]|\\\\[\"\\\\n])*\",?)+})? (NaN|[+-]Inf|-?[0-9.e+-]+)");

  private final AtomicReference<DeviceStatus> status = new AtomicReference<>(status(List.of()));
  private final HttpClient client = HttpClient.newHttpClient();
  private HealthServer server;

  private static DeviceStatus status(List<String> problems) {
    FrameTimes frames = new FrameTimes();
    frames.record(1000, 30_000_000);
    return new DeviceStatus(
        "1.2",
        Duration.ofSeconds(90),
        "away",
        List.of(
            new DeviceStatus.Microphone(
                "the \"big\" room\\", problems, 90.25, 0, 0, 1, -51.26, -20, frames),
            new DeviceStatus.Microphone(
                "hall",
                List.of(),
                90,
                1.5,
                7,
                0,
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                new FrameTimes())),
        new DeviceStatus.Broker("mqtt://b:1883", false, "refused", 2, 40),
        new DeviceStatus.Outbox(3, 4096, 1),
        Map.of("smoke_alarm", 2L),
        Map.of("dog_bark", 5L),
        0);
  }

  @BeforeEach
  void start() throws IOException {
    server = new HealthServer(0, status::get);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path, String method) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aDeviceThatListensIsWellEvenWithoutItsBroker() throws Exception {
    HttpResponse<String> answer = get("/health", "GET");

    assertThat(answer.statusCode()).isEqualTo(200);
    Map<String, String> json = scalars(answer.body());
    assertThat(json)
        .containsEntry("status", "problem")
        .containsEntry("listening", "true")
        .containsEntry("mode", "away")
        .containsEntry("uptime_seconds", "90")
        .containsEntry("problem", "refused")
        .containsEntry("level_db", "null"); // of the last microphone: silence
  }

  @Test
  void aMicrophoneThatDoesNotHearIsAProblem() throws Exception {
    status.set(status(List.of("device_lost: unplugged")));

    HttpResponse<String> answer = get("/health", "GET");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("device_lost: unplugged");
  }

  /** Names, types and order as OpenMetrics 1.0 wants them. */
  @Test
  void metricsAreOpenMetrics() throws Exception {
    HttpResponse<String> answer = get("/metrics", "GET");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
    Map<String, String> types = new HashMap<>();
    Set<String> seen = new HashSet<>();
    String family = "";
    for (String line : answer.body().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        List<String> words = List.of(line.split(" ", -1));
        family = words.get(2);
        assertThat(types.put(family, words.get(3))).as(line).isNull();
      } else if (!line.startsWith("# ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String suffix = sample.group(1).substring(family.length());
        assertThat(suffix)
            .as(line)
            .isIn(
                switch (types.get(family)) {
                  case "counter" -> List.of("_total");
                  case "gauge" -> List.of("");
                  default -> List.of("", "_count", "_sum");
                });
        assertThat(seen.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
      }
    }
    assertThat(answer.body())
        .contains("earshot_audio_seconds_total{microphone=\"the \\\"big\\\" room\\\\\"} 90.25")
        .contains("earshot_dropped_samples_total{microphone=\"hall\"} 7\n")
        .contains("earshot_level_dbfs{microphone=\"hall\"} -Inf\n")
        .contains("earshot_alerts_total{event=\"smoke_alarm\"} 2\n")
        .contains("earshot_broker_connected 0\n")
        .containsPattern("earshot_frame_seconds\\{[^}]*quantile=\"0.99\"} [0-9.e-]+\n");
  }

  @Test
  void otherPagesAndMethodsAreRefused() throws Exception {
    assertThat(get("/", "GET").statusCode()).isEqualTo(404);
    assertThat(get("/healthy", "GET").statusCode()).isEqualTo(404);
    assertThat(get("/health", "DELETE").statusCode()).isEqualTo(405);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> new HealthServer(server.port(), status::get).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(server.port()))
        .hasMessageContaining("[health] port");
  }

  private static Map<String, String> scalars(String text) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      while (json.nextToken() != null) {
        if (json.currentToken().isScalarValue() && json.currentName() != null) {
          values.put(json.currentName(), json.getText());
        }
      }
    }
    return values;
  }
}
