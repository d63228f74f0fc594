package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.notify.WebServer.status;

import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.earshot.cloud.store.ClipStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtfyChannelTest {
  private static final String TEXT =
      "Smoke alarm, hall, 03:12. Not yet verified. Listen:"
          + " https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF";

  @TempDir Path folder;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WebServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private NtfyChannel channel(boolean clip, ClipStore clips) {
    return new NtfyChannel(
        new NtfySettings("phone", server.uri(""), "alarm_k3", false, clip, Duration.ofSeconds(5)),
        Secret.of("tk_1"),
        clips,
        new TestClock(Notices.ONSET));
  }

  @Test
  void publishesTitleTextPriorityTagsAndLink() throws Exception {
    assertThat(channel(false, Clips.empty(folder)).deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.delivered());

    WebServer.Request request = server.last();
    assertThat(request.method() + " " + request.path()).isEqualTo("PUT /alarm_k3");
    assertThat(request.header("Title")).isEqualTo("Smoke alarm, hall");
    assertThat(request.header("Priority")).isEqualTo("5");
    assertThat(request.header("Tags")).isEqualTo("fire");
    assertThat(request.header("Click"))
        .isEqualTo("https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF");
    assertThat(request.header("Authorization")).isEqualTo("Bearer tk_1");
    assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
  }

  @Test
  void allNoticesOfAnEventHaveOneSequenceAndAWithdrawalDeletesIt() throws Exception {
    NtfyChannel channel = channel(false, Clips.empty(folder));
    channel.deliver(Notices.first("smoke_alarm"));
    channel.deliver(Notices.update("smoke_alarm", Standing.REJECTED, 0.08));
    assertThat(channel.deliver(Notices.withdrawal())).isEqualTo(Delivery.delivered());

    String sequence = server.requests().get(0).header("X-Sequence-ID");
    assertThat(sequence).matches("[A-Za-z0-9_-]{1,64}"); // what ntfy takes
    assertThat(server.requests().get(1).header("X-Sequence-ID")).isEqualTo(sequence);
    assertThat(server.last().method() + " " + server.last().path())
        .isEqualTo("DELETE /alarm_k3/" + sequence);
  }

  @Test
  void attachesTheClip() throws Exception {
    channel(true, Clips.with(folder, Clips.FLAC)).deliver(Notices.first("smoke_alarm"));

    WebServer.Request request = server.last();
    assertThat(request.header("Filename")).isEqualTo("smoke_alarm-01KG8NM3F00123456789ABCDEF.wav");
    assertThat(request.header("Message")).isEqualTo(TEXT);
    assertThat(request.body()).hasSize(44 + 2 * Clips.SAMPLES).startsWith('R', 'I', 'F', 'F');
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void goesWithoutTheClipWhereTheServerTakesNone(int status) throws Exception {
    server.plan(status(status));
    assertThat(channel(true, Clips.with(folder, Clips.FLAC)).deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.delivered());

    assertThat(server.requests()).hasSize(2);
    assertThat(server.last().header("Filename")).isNull();
    assertThat(new String(server.last().body(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    server.plan(status(429, "Retry-After", "17"));
    assertThat(channel(false, Clips.empty(folder)).deliver(Notices.first("siren")))
        .isEqualTo(
            new Delivery.TryAgain(
                "127.0.0.1 answered 429: too many requests", Duration.ofSeconds(17)));
  }

  @ParameterizedTest
  @CsvSource({
    "smoke_alarm,TOLD,NONE,5",
    "smoke_alarm,UPDATED,CONFIRMED,5",
    "smoke_alarm,UPDATED,REJECTED,3",
    "smoke_alarm,ENDED,CONFIRMED,2",
    "siren,TOLD,CONFIRMED,4",
    "siren,TOLD,UNVERIFIED,3",
    "siren,UPDATED,REJECTED,2"
  })
  void priorityFollowsEventAndVerdict(String event, Stage stage, Standing standing, int priority) {
    assertThat(NtfyChannel.priority(Notices.of(event, stage, 2, 1, standing, 0.5)))
        .isEqualTo(priority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "Rauchmelder, K\u00fcche \ud83d\udd25",
        "=?UTF-8?B?eA==?=",
        "\u706b\u4e8b\u706b\u4e8b\u706b\u4e8b\u706b\u4e8b\u706b\u4e8b\u706b\u4e8b\u706b\u4e8b\u706b"
      })
  void headersAreAsciiAndReadBackTheSame(String text) throws Exception {
    String encoded = NtfyChannel.encoded(text);
    assertThat(encoded).isASCII().doesNotContain("\r", "\n");
    assertThat(MimeUtility.decodeText(encoded)).isEqualTo(text);
    for (String word : encoded.split(" ", -1)) {
      assertThat(word).hasSizeLessThanOrEqualTo(75); // RFC 2047
    }
  }

  @Test
  void clipsAreUploadedToAServerOfOnesOwnOnlyUnlessSomebodySaysOtherwise() {
    assertThat(NtfySettings.of("a", URI.create("https://ntfy.example.org"), "t").clip()).isTrue();
    assertThat(NtfySettings.of("a", URI.create("https://ntfy.sh"), "t").clip()).isFalse();
  }

  @Test
  void refusesATopicThatIsNone() {
    assertThatThrownBy(() -> NtfySettings.of("a", URI.create("https://ntfy.sh"), "a/b"))
        .hasMessageContaining("topic");
  }
}
