package org.earshot.cloud.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.earshot.event.Verdict;

/**
 * What the cloud's parts count, as OpenMetrics.
 *
 * <p>No label holds the name of a site or a device: their number has no bound. Thread-safe; one a
 * process.
 */
public final class CloudMetrics {
  /** Media type of {@link #page}. */
  public static final String CONTENT_TYPE = OpenMetricsTextFormatWriter.CONTENT_TYPE;

  /** Seconds; deadlines are at 10 and 30 by default. */
  private static final double[] VERDICT_SECONDS = {0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60, 300};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter received =
      counter("earshot_received", "Messages and clips that were stored.", "kind");
  private final Counter repeated =
      counter("earshot_repeated", "Messages and clips that were there already.", "kind");
  private final Counter refused =
      counter("earshot_refused", "Messages and clips not stored, by reason.", "kind", "reason");
  private final Counter setAside =
      counter("earshot_set_aside", "Messages kept apart for a person to look at.");
  private final Counter dropped =
      counter("earshot_dropped", "Messages without a promise that found no room.", "kind");
  private final Counter verdicts = counter("earshot_verdicts", "Verdicts stored.", "verdict");
  private final Counter unpublished =
      counter("earshot_verdicts_unpublished", "Verdicts that the device was not told.");
  private final Histogram verdictSeconds =
      Histogram.builder()
          .name("earshot_verdict_seconds")
          .help("From an event's first message to its verdict.")
          .classicOnly()
          .classicUpperBounds(VERDICT_SECONDS)
          .register(registry);
  private final Counter claims = counter("earshot_claims", "Events that were claimed.");
  private final Counter leaseLosses =
      counter("earshot_lease_losses", "Verdicts that came after another worker had taken over.");
  private final Counter verifierFailures =
      counter("earshot_verifier_failures", "Failed verifications.", "kind");
  private final Counter givenUp = counter("earshot_given_up", "Clips that could not be verified.");
  private final Counter databaseFailures =
      counter("earshot_database_failures", "Calls that the database did not answer.");
  private final Counter clipStoreFailures =
      counter("earshot_clip_store_failures", "Calls that the clip store did not answer.");
  private final Counter connections =
      counter("earshot_broker_connections", "Connections made to the broker.", "link");
  private final Gauge connected =
      Gauge.builder()
          .name("earshot_broker_connected")
          .help("1 while connected.")
          .labelNames("link")
          .register(registry);
  private final Counter adoptions =
      counter("earshot_sessions_adopted", "Sessions of workers that were gone.");

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /** A message or clip is stored. */
  public void received(String kind) {
    received.labelValues(kind).inc();
  }

  /** One was there already. */
  public void repeated(String kind) {
    repeated.labelValues(kind).inc();
  }

  /**
   * One was not stored.
   *
   * @param reason a word of a small set
   */
  public void refused(String kind, String reason) {
    refused.labelValues(kind, reason).inc();
  }

  /** One was kept apart. */
  public void setAside() {
    setAside.inc();
  }

  /** A message found no room. */
  public void dropped(String kind) {
    dropped.labelValues(kind).inc();
  }

  /** A verdict is stored, so long after the event's first message. */
  public void verdict(Verdict verdict, Duration after) {
    verdicts.labelValues(verdict.name().toLowerCase(Locale.ROOT)).inc();
    if (verdict != Verdict.UNVERIFIED) {
      verdictSeconds.observe(Math.max(0, after.toMillis() / 1e3));
    }
  }

  /** A device could not be told its verdict. */
  public void unpublished() {
    unpublished.inc();
  }

  /** An event was claimed. */
  public void claimed() {
    claims.inc();
  }

  /** A verdict came too late. */
  public void leaseLost() {
    leaseLosses.inc();
  }

  /** A verification failed: {@code error}, {@code hung}, {@code no_sound}. */
  public void verifierFailed(String kind) {
    verifierFailures.labelValues(kind).inc();
  }

  /** A clip cannot be verified. */
  public void givenUp() {
    givenUp.inc();
  }

  /** The database did not answer. */
  public void databaseFailed() {
    databaseFailures.inc();
  }

  /** The clip store did not answer. */
  public void clipStoreFailed() {
    clipStoreFailures.inc();
  }

  /** A connection stands. */
  public void connected(String link) {
    connections.labelValues(link).inc();
    connected.labelValues(link).set(1);
  }

  /** It ended. */
  public void disconnected(String link) {
    connected.labelValues(link).set(0);
  }

  /** A session of a worker that is gone was taken over. */
  public void adopted() {
    adoptions.inc();
  }

  /** Shows a depth whenever the page is asked for. */
  public void depth(String name, String help, IntSupplier depth) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(depth.getAsInt()))
        .register(registry);
  }

  /** Returns where other parts register metrics of their own. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Returns the page that a monitoring system collects. */
  public String page() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      OpenMetricsTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
