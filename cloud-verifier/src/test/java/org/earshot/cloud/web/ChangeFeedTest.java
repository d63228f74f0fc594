package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.earshot.cloud.store.Databases;
import org.earshot.cloud.store.EventKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What open pages are told. */
@Timeout(120)
class ChangeFeedTest {
  @TempDir Path folder;

  /** Reads events of a stream. */
  private static final class Stream implements AutoCloseable {
    private final BufferedReader in;
    String lastId = "";

    Stream(Browser browser, String query) throws Exception {
      var response = browser.open("GET", "/changes" + query, null);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The lines up to the first event that fits, its data last. */
    List<String> until(Predicate<String> fits) throws IOException {
      List<String> events = new ArrayList<>();
      String name = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(name + " " + line.substring(6));
          if (fits.test(events.get(events.size() - 1))) {
            return events;
          }
        }
      }
      throw new AssertionError("the stream ended after " + events);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatHappensInOrder(Databases kind) throws Exception {
    try (Household home = new Household(kind, folder, settings -> settings)) {
      Browser anna = home.admin();
      try (Stream stream = new Stream(anna, "")) {
        stream.until(event -> event.equals("hello {}"));
        EventKey key = home.opens("home", "hall", "siren", home.clock.instant());
        home.hasClip(key, "hall", "siren-wail.wav");
        anna.delete("/events/home/" + key.id().text()).mustBe(204);
        List<String> told = stream.until(event -> event.contains("\"change\":\"deleted\""));
        assertThat(told).allMatch(event -> event.contains(key.id().text()));
        assertThat(told.get(told.size() - 1)).contains("\"event\":null");
      }
    }
  }

  @Test
  void whoeverComesBackHearsWhatItMissed() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      String last;
      try (Stream stream = new Stream(anna, "")) {
        stream.until(event -> event.equals("hello {}"));
        last = stream.lastId;
      }
      EventKey missed = home.opens("home", "hall", "siren", home.clock.instant());
      try (Stream stream = new Stream(anna, "?after=" + last)) {
        List<String> told = stream.until(event -> event.contains(missed.id().text()));
        assertThat(told.get(told.size() - 1)).startsWith("change {\"change\":\"opened\"");
        last = stream.lastId;
      }
      anna.headers.put("Last-Event-ID", last);
      try (Stream stream = new Stream(anna, "")) {
        assertThat(stream.until(event -> event.equals("hello {}"))).hasSize(1);
      }
      anna.headers.put("Last-Event-ID", "999999999");
      try (Stream stream = new Stream(anna, "")) {
        assertThat(stream.until(event -> true)).containsExactly("reset {}");
      }
    }
  }

  @Test
  void whoeverMissedTooMuchLoadsAgain() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      for (int i = 0; i < 210; i++) {
        home.opens("home", "hall", "siren", home.clock.instant());
      }
      try (Stream stream = new Stream(anna, "?after=1")) {
        assertThat(stream.until(event -> true)).containsExactly("reset {}");
        EventKey next = home.opens("home", "hall", "siren", home.clock.instant());
        assertThat(stream.until(event -> event.startsWith("change")).get(0))
            .contains(next.id().text());
      }
    }
  }

  @Test
  void anEndedSessionEndsItsStream() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      try (Stream stream = new Stream(anna, "")) {
        stream.until(event -> event.equals("hello {}"));
        anna.delete("/session").mustBe(204);
        stream.until(event -> event.equals("bye {}"));
      }
    }
  }

  @Test
  void onlySoManyPagesOfOneSessionWatch() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      List<Stream> streams = new ArrayList<>();
      try {
        for (int i = 0; i < 9; i++) {
          streams.add(new Stream(anna, ""));
        }
        EventKey key = home.opens("home", "hall", "siren", home.clock.instant());
        for (Stream stream : streams.subList(1, 9)) {
          stream.until(event -> event.contains(key.id().text()));
        }
        assertThat(streams.get(0).in.lines().toList()).noneMatch(line -> line.contains("change"));
      } finally {
        for (Stream stream : streams) {
          stream.close();
        }
      }
    }
  }

  @Test
  void saysWhenTheHistoryCannotBeAsked() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      try (Stream stream = new Stream(anna, "")) {
        stream.until(event -> event.equals("hello {}"));
        home.database.close();
        stream.until(event -> event.equals("trouble {}"));
      }
    }
  }
}
