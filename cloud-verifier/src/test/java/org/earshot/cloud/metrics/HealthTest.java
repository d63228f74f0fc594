package org.earshot.cloud.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
  private final Health health = new Health(now::get);

  @Test
  void saysWhatIsWrongSinceWhenAndWhatToDo() {
    assertThat(health.page()).contains("\"status\" : \"ok\"").doesNotContain("problem");
    health.problem(Part.DATABASE, "event", "disk full\nforged line");
    now.set(Instant.parse("2026-01-31T12:05:00Z"));
    health.problem(Part.DATABASE, "event", "disk full again");

    assertThat(health.isWell()).isFalse();
    assertThat(health.page())
        .startsWith("{\n  \"status\" : \"problem\"")
        .contains("\"detail\" : \"disk full again\"")
        .contains("\"since\" : \"2026-01-31T12:00:00Z\"")
        .contains(Part.DATABASE.remedy());

    health.well(Part.DATABASE, "clip"); // not the one that complained
    assertThat(health.isWell()).isFalse();
    health.well(Part.DATABASE, "event");
    assertThat(health.isWell()).isTrue();
  }

  @Test
  void metricsAreOpenMetrics() {
    CloudMetrics metrics = new CloudMetrics();
    metrics.received("event");
    metrics.refused("clip", "unreadable");
    metrics.verdict(Verdict.CONFIRMED, Duration.ofMillis(1500));
    metrics.verdict(Verdict.UNVERIFIED, Duration.ofSeconds(30));
    metrics.connected("own-events");
    metrics.depth("earshot_test_queue", "A queue.", () -> 7);

    assertThat(metrics.page())
        .contains("earshot_received_total{kind=\"event\"} 1.0")
        .contains("earshot_refused_total{kind=\"clip\",reason=\"unreadable\"} 1.0")
        .contains("earshot_verdict_seconds_bucket{le=\"1.0\"} 0")
        .contains("earshot_verdict_seconds_bucket{le=\"2.0\"} 1")
        .contains("earshot_verdict_seconds_count 1")
        .contains("earshot_verdicts_total{verdict=\"unverified\"} 1.0")
        .contains("earshot_broker_connected{link=\"own-events\"} 1.0")
        .contains("earshot_test_queue 7.0")
        .endsWith("# EOF\n");
    assertThat(CloudMetrics.CONTENT_TYPE).startsWith("application/openmetrics-text");
  }
}
