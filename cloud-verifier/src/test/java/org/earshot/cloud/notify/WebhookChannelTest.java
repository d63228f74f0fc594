package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.notify.WebServer.status;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.earshot.cloud.store.ClipStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {
  private static final Secret SECRET = Secret.of("s3cret");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Notices.ONSET);
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WebServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WebhookChannel channel() {
    return channel(false, Clips.empty(folder));
  }

  private WebhookChannel channel(boolean clip, ClipStore clips) {
    return new WebhookChannel(
        new WebhookSettings("hook", server.uri("/in"), false, clip, Duration.ofSeconds(2)),
        SECRET,
        clips,
        clock);
  }

  @Test
  void postsSignedJson() throws Exception {
    assertThat(channel().deliver(Notices.update("smoke_alarm", Standing.CONFIRMED, 0.97)))
        .isEqualTo(Delivery.delivered());

    WebServer.Request request = server.last();
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /in");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("Idempotency-Key")).isEqualTo("home.01KG8NM3F00123456789ABCDEF.x.2");
    assertThat(request.header("Earshot-Signature"))
        .isEqualTo(WebhookSignature.of(SECRET, Notices.ONSET.getEpochSecond(), request.body()));
    assertThat(new String(request.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"v\":1,\"key\":\"home.01KG8NM3F00123456789ABCDEF.x.2\",\"stage\":\"updated\","
                + "\"revision\":2,\"site\":\"home\",\"id\":\"01KG8NM3F00123456789ABCDEF\","
                + "\"title\":\"Smoke alarm, hall\",\"text\":\"Smoke alarm, hall, 03:12. Confirmed"
                + " (0.97). Listen:"
                + " https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF\","
                + "\"url\":\"https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF\","
                + "\"event\":\"smoke_alarm\",\"lifeSafety\":true,\"device\":\"hall\","
                + "\"microphone\":\"kitchen\",\"mode\":\"away\","
                + "\"onset\":\"2026-01-31T02:12:00Z\",\"posterior\":0.9,"
                + "\"verdict\":\"confirmed\",\"probability\":0.97,\"verifier\":\"verifier-3\"}");
  }

  @Test
  void sendsTheClipWhereItIsAskedFor() throws Exception {
    channel(true, Clips.with(folder, Clips.FLAC)).deliver(Notices.first("smoke_alarm"));

    assertThat(new String(server.last().body(), StandardCharsets.UTF_8))
        .endsWith(
            ",\"clip\":{\"type\":\"audio/flac\",\"base64\":\""
                + Base64.getEncoder().encodeToString(Clips.FLAC)
                + "\"}}");
  }

  @Test
  void followsNoRedirect() throws Exception {
    server.plan(status(307, "Location", server.uri("/elsewhere").toString()));

    assertThat(channel().deliver(Notices.first("smoke_alarm")))
        .isEqualTo(
            Delivery.tryAgain(
                "127.0.0.1 answered 307: redirects are not followed; configure the final"
                    + " address"));
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 410, 413, 422})
  void isRefusedByWhatAskingAgainCannotMend(int status) throws Exception {
    server.plan(status(status));
    assertThat(channel().deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.refused("127.0.0.1 answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 408, 429, 500, 502, 503})
  void triesAgainWhatSomebodyMayPutRight(int status) throws Exception {
    server.plan(status(status));
    assertThat(channel().deliver(Notices.first("smoke_alarm")))
        .isInstanceOf(Delivery.TryAgain.class);
  }

  @Test
  void givesUpWaitingForAnAnswer() throws Exception {
    server.plan(server.never());
    assertThat(channel().deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.tryAgain("127.0.0.1 did not answer within 2 s"));
  }

  @Test
  void givesUpWaitingForTheRestOfAnAnswer() throws Exception {
    server.plan(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          server.never().to(exchange);
        });
    assertThat(channel().deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.tryAgain("127.0.0.1 did not answer within 2 s"));
  }

  @Test
  void doesNotReadAnEndlessAnswerToItsEnd() throws Exception {
    server.plan(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 1 << 14; i++) { // a gigabyte, unless the reader goes away
              body.write(block);
            }
          }
        });
    assertThat(channel().deliver(Notices.first("smoke_alarm"))).isEqualTo(Delivery.delivered());
  }

  @Test
  void triesAgainWhenNobodyIsThere() throws Exception {
    WebhookChannel channel = channel();
    server.close();
    Delivery delivery = channel.deliver(Notices.first("smoke_alarm"));

    assertThat(delivery).isInstanceOf(Delivery.TryAgain.class);
    assertThat(((Delivery.TryAgain) delivery).reason()).startsWith("127.0.0.1 cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/in",
        "http://192.168.1.4/in",
        "ftp://example.org/in",
        "/in",
        "https://user:word@example.org/in"
      })
  void refusesAddressesThatWouldShowWhatIsSent(String url) {
    assertThatThrownBy(() -> WebhookSettings.of("hook", URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("webhook");
  }

  @Test
  void plainHttpIsTakenOnTheLoopbackOrWhenAllowed() {
    assertThat(WebhookSettings.of("hook", URI.create("http://[::1]:8080/in")).url()).isNotNull();
    assertThat(
            new WebhookSettings(
                    "hook",
                    URI.create("http://192.168.1.4/in"),
                    true,
                    false,
                    Duration.ofSeconds(15))
                .url())
        .isNotNull();
  }

  @Test
  void neitherSecretNorPathIsShown() {
    assertThat(WebhookSettings.of("hook", URI.create("https://example.org/T0KEN")).toString())
        .doesNotContain("T0KEN");
    assertThat(SECRET).hasToString("(secret)");
  }
}
