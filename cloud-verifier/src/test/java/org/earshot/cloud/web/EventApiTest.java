package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.Audit;
import org.earshot.cloud.store.EventKey;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events over HTTP. */
class EventApiTest {
  @TempDir Path folder;
  private Household home;
  private Browser anna;
  private Instant now;

  @BeforeEach
  void open() throws Exception {
    home = new Household(folder);
    anna = home.admin();
    now = home.clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private EventKey dog() throws Exception {
    return home.happens("home", "hall", "dog_bark", now.minusSeconds(60), "dog-bark.wav");
  }

  private static String path(EventKey key) {
    return "/events/" + key.site() + "/" + key.id().text();
  }

  @Test
  void showsWhatIsKnownOfAnEvent() throws Exception {
    EventKey key = dog();
    home.judged(key, Verdict.CONFIRMED, 0.97);
    String event = anna.get(path(key)).mustBe(200).text();
    assertThat(event)
        .contains("\"event\":\"dog_bark\"")
        .contains("\"posterior\":0.93")
        .contains("\"verdict\":\"confirmed\",\"probability\":0.97")
        .contains("\"model\":\"yamnet\",\"label\":\"Beep, bleep\",\"probability\":0.21")
        .contains("\"seconds\":4.0")
        .contains("\"detectedFromSeconds\":3.0,\"detectedUntilSeconds\":4.0")
        .contains("\"lifeSafety\":false");
  }

  @Test
  void listsInPagesByEveryFilter() throws Exception {
    EventKey first = home.opens("home", "hall", "dog_bark", now.minusSeconds(300));
    EventKey second = home.opens("home", "porch", "siren", now.minusSeconds(200));
    EventKey third =
        home.happens("home", "porch", "dog_bark", now.minusSeconds(100), "dog-bark.wav");
    home.judged(third, Verdict.REJECTED, 0.1);

    assertThat(ids("")).containsExactly(third, second, first);
    assertThat(ids("?event=dog_bark")).containsExactly(third, first);
    assertThat(ids("?event=dog_bark&event=siren")).hasSize(3);
    assertThat(ids("?device=porch")).containsExactly(third, second);
    assertThat(ids("?verdict=rejected")).containsExactly(third);
    assertThat(ids("?site=home")).hasSize(3);
    assertThat(ids("?from=" + now.minusSeconds(200))).containsExactly(third, second);
    assertThat(ids("?until=" + now.minusSeconds(200))).containsExactly(first);
    assertThat(ids("?limit=2")).containsExactly(third, second);
    assertThat(anna.get("/events?limit=2").text())
        .contains("\"next\":\"" + second.id().text() + "\"");
    assertThat(ids("?limit=2&before=" + second.id().text())).containsExactly(first);
    assertThat(anna.get("/events?limit=2&before=" + second.id().text()).text())
        .contains("\"next\":null");
  }

  private List<EventKey> ids(String query) throws Exception {
    String text = anna.get("/events" + query).mustBe(200).text();
    return Pattern.compile("\"site\":\"(\\w+)\",\"id\":\"(\\w{26})\"")
        .matcher(text)
        .results()
        .map(found -> new EventKey(found.group(1), new EventId(found.group(2))))
        .toList();
  }

  @Test
  void refusesFiltersThatMeanNothing() throws Exception {
    for (String query :
        List.of(
            "limit=0",
            "limit=201",
            "limit=x",
            "before=1",
            "from=yesterday",
            "verdict=perhaps",
            "event=" + "x&event=".repeat(70))) {
      anna.get("/events?" + query).mustBe(400);
    }
  }

  @Test
  void servesTheClipAsItCameAndDecodedAndInParts() throws Exception {
    EventKey key = dog();
    byte[] flac = Household.flac("dog-bark.wav");
    Browser.Reply whole = anna.get(path(key) + "/clip.flac").mustBe(200);
    assertThat(whole.bytes()).isEqualTo(flac);
    assertThat(whole.header("Content-Type")).isEqualTo("audio/flac");
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");

    byte[] wav = anna.get(path(key) + "/clip.wav").mustBe(200).bytes();
    float[] samples = Household.samples("dog-bark.wav");
    ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.getInt(24)).isEqualTo(16_000);
    assertThat(header.getInt(40)).isEqualTo(2 * samples.length);
    assertThat(header.getShort(44 + 2 * 20_000))
        .isEqualTo((short) Math.round(samples[20_000] * 32_768));

    anna.headers.put("Range", "bytes=44-143");
    Browser.Reply part = anna.get(path(key) + "/clip.wav").mustBe(206);
    assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(wav, 44, 144));
    assertThat(part.header("Content-Range")).isEqualTo("bytes 44-143/" + wav.length);
    anna.headers.put("Range", "bytes=" + wav.length + "-");
    Browser.Reply beyond = anna.get(path(key) + "/clip.wav").mustBe(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + wav.length);
    anna.headers.clear();
    assertThat(anna.get(path(key) + "/clip.wav?download=1").header("Content-Disposition"))
        .matches("attachment; filename=\"dog_bark-\\d{8}-\\d{6}\\.wav\"");
  }

  @Test
  void drawsTheClip() throws Exception {
    Browser.Reply picture = anna.get(path(dog()) + "/spectrogram.png").mustBe(200);
    assertThat(picture.header("Content-Type")).isEqualTo("image/png");
    ByteBuffer png = ByteBuffer.wrap(picture.bytes());
    assertThat(png.getInt(16)).as("columns of 4 s").isEqualTo(398);
    assertThat(png.getInt(20)).isEqualTo(64);
  }

  @Test
  void saysSoWhenTheSoundIsDamagedOrMissing() throws Exception {
    EventKey key = dog();
    home.clips.put(key, new byte[] {'f', 'L', 'a', 'C', 0, 0, 0, 0, 0, 0, 0, 0});
    anna.get(path(key) + "/clip.wav").mustBe(422);
    anna.get(path(key) + "/spectrogram.png").mustBe(422);
    EventKey silent = home.opens("home", "hall", "siren", now);
    anna.get(path(silent) + "/clip.wav").mustBe(404);
    anna.get(path(silent) + "/clip.flac").mustBe(404);
    anna.get("/events/home/" + "0".repeat(26)).mustBe(404);
    anna.get("/events/home/..%2f..%2fetc").mustBe(404);
  }

  @Test
  void keepsTheLastAnswer() throws Exception {
    EventKey key = dog();
    anna.put(path(key) + "/answer", "{\"answer\":\"was_it\"}").mustBe(200);
    anna.put(path(key) + "/answer", "{\"answer\":\"something_else\",\"label\":\"television\"}")
        .mustBe(200);
    Answer answer = home.history.find(key).orElseThrow().answer();
    assertThat(answer.kind()).isEqualTo(Answer.Kind.SOMETHING_ELSE);
    assertThat(answer.label()).isEqualTo("television");
    assertThat(answer.user()).isEqualTo("anna");

    for (String wrong :
        List.of(
            "{}",
            "{\"answer\":\"perhaps\"}",
            "{\"answer\":\"something_else\"}",
            "{\"answer\":\"something_else\",\"label\":\"A Dog\"}",
            "{\"answer\":\"was_it\",\"label\":\"dog\"}",
            "[]",
            "{\"answer\":",
            "{\"answer\":\"was_it\"} x")) {
      anna.put(path(key) + "/answer", wrong).mustBe(400);
    }
    assertThat(home.history.find(key).orElseThrow().answer()).isEqualTo(answer);
  }

  @Test
  void deletesOneOrManyForGood() throws Exception {
    EventKey one = dog();
    EventKey two = dog();
    EventKey three = dog();
    anna.delete(path(one)).mustBe(204);
    anna.delete(path(one)).mustBe(404);
    anna.get(path(one)).mustBe(404);
    anna.get(path(one) + "/clip.flac").mustBe(404);
    String many =
        "{\"events\":[{\"site\":\"home\",\"id\":\"%s\"},{\"site\":\"home\",\"id\":\"%s\"},"
            + "{\"site\":\"home\",\"id\":\"%s\"}]}";
    Browser.Reply reply =
        anna.post(
            "/events/delete", many.formatted(two.id().text(), three.id().text(), one.id().text()));
    assertThat(reply.mustBe(200).text()).isEqualTo("{\"deleted\":2,\"missing\":1}");
    assertThat(home.recalled).containsExactly(one.id(), two.id(), three.id());
    assertThat(home.clips.list(null, 10)).isEmpty();
    List<Audit.Line> lines = home.audit.latest(Set.of("home"), 10);
    assertThat(lines).hasSize(3).allMatch(line -> line.who().equals("anna"));
    assertThat(anna.get("/audit").mustBe(200).text()).contains(two.id().text());
  }
}
