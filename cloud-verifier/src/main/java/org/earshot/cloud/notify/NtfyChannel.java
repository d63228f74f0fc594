package org.earshot.cloud.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.earshot.cloud.store.ClipStore;

/**
 * Publishes each notice to a topic of an ntfy server, from where phones get it.
 *
 * <p>All notices of an event carry one sequence id: from ntfy 2.16 on an update replaces the
 * notification on the phone, and a withdrawal removes it. An older server ignores the id: an update
 * is then a second notification, and a withdrawal is refused. A server that takes no attachment, or
 * none so large, gets the notice without the clip. Thread-safe.
 */
public final class NtfyChannel implements Channel {
  private static final Map<String, String> TAGS =
      Map.of(
          "smoke_alarm", "fire",
          "co_alarm", "warning",
          "footsteps", "footprints",
          "door_close", "door",
          "door_knock", "door",
          "baby_cry", "baby",
          "dog_bark", "dog",
          "siren", "rotating_light");
  private static final int MAX_PRIORITY = 5;
  private static final int HIGH = 4;
  private static final int NORMAL = 3;
  private static final int LOW = 2;

  private final NtfySettings settings;
  private final Secret token;
  private final ClipFiles clips;
  private final HttpExchanges http;

  /**
   * Makes a channel.
   *
   * @param token access token; null for a server that wants none
   */
  public NtfyChannel(NtfySettings settings, Secret token, ClipStore clips, Clock clock) {
    this.settings = settings;
    this.token = token;
    this.clips = new ClipFiles(clips);
    http = new HttpExchanges(settings.patience(), clock);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Delivery deliver(Notice notice) throws InterruptedException {
    String host = settings.server().getHost();
    try {
      if (notice.stage() == Stage.WITHDRAWN) {
        return http.send(withdrawal(notice)).delivery(host);
      }
      Optional<ClipFiles.Attachment> clip =
          settings.clip() ? clips.attachment(notice) : Optional.empty();
      if (clip.isPresent()) {
        HttpExchanges.Answer answer = http.send(withClip(notice, clip.get()));
        if (answer.status() != 400 && answer.status() != 413) { // no attachments, or too large
          return answer.delivery(host);
        }
      }
      return http.send(plain(notice)).delivery(host);
    } catch (IOException e) {
      return Delivery.tryAgain(e.getMessage());
    }
  }

  private HttpRequest plain(Notice notice) {
    return described(notice)
        .PUT(HttpRequest.BodyPublishers.ofString(notice.text(), StandardCharsets.UTF_8))
        .build();
  }

  /** The file is the body; then the text goes into a header. */
  private HttpRequest withClip(Notice notice, ClipFiles.Attachment clip) {
    return described(notice)
        .header("Message", encoded(notice.text()))
        .header("Filename", clip.name())
        .PUT(HttpRequest.BodyPublishers.ofByteArray(clip.bytes()))
        .build();
  }

  private HttpRequest.Builder described(Notice notice) {
    HttpRequest.Builder request =
        request(settings.address())
            .header("X-Sequence-ID", sequenceId(notice))
            .header("Title", encoded(notice.title()))
            .header("Priority", Integer.toString(priority(notice)))
            .header("Tags", TAGS.getOrDefault(notice.message().event(), "bell"));
    return notice.link() == null ? request : request.header("Click", notice.link().toString());
  }

  private HttpRequest withdrawal(Notice notice) {
    return request(URI.create(settings.address() + "/" + sequenceId(notice))).DELETE().build();
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).header("User-Agent", "earshot");
    return token == null ? request : request.header("Authorization", "Bearer " + token.reveal());
  }

  /** The same for all notices of an event; another for the same id of another home. */
  static String sequenceId(Notice notice) {
    return notice.key().id() + "-" + Integer.toHexString(notice.key().site().hashCode());
  }

  static int priority(Notice notice) {
    boolean rejected = notice.standing() == Standing.REJECTED;
    if (notice.stage() == Stage.ENDED) {
      return LOW;
    }
    if (notice.lifeSafety()) {
      return rejected ? NORMAL : MAX_PRIORITY;
    }
    return switch (notice.standing()) {
      case CONFIRMED -> HIGH;
      case REJECTED -> LOW;
      case NONE, UNSURE, UNVERIFIED -> NORMAL;
    };
  }

  /** A header holds ASCII only: other text becomes encoded words (RFC 2047), which ntfy reads. */
  static String encoded(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 127) && !text.contains("=?")) {
      return text;
    }
    StringBuilder words = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      int end = wordEnd(text, start);
      byte[] bytes = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
      words
          .append(words.isEmpty() ? "" : " ")
          .append("=?UTF-8?B?")
          .append(Base64.getEncoder().encodeToString(bytes))
          .append("?=");
      start = end;
    }
    return words.toString();
  }

  /** A word has at most 75 characters, 45 bytes of text, and cuts no character in two. */
  private static int wordEnd(String text, int start) {
    int bytes = 0;
    int end = start;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > 45) {
        break;
      }
      end += Character.charCount(point);
    }
    return end;
  }
}
