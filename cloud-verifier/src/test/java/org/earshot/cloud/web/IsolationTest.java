package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another home's people see, hear and change nothing, by any route. */
class IsolationTest {
  @TempDir Path folder;
  private Household home;
  private Browser anna; // administrator, owner of "home"
  private Browser otto; // owner of "other"
  private Browser vera; // viewer of "home"
  private EventKey key;
  private EventRecord before;

  @BeforeEach
  void open() throws Exception {
    home = new Household(folder);
    anna = home.admin();
    otto = home.member(anna, "otto", "other", "owner");
    vera = home.member(anna, "vera", "home", "viewer");
    key =
        home.happens(
            "home", "hall", "dog_bark", home.clock.instant().minusSeconds(60), "dog-bark.wav");
    home.reports("home", "hall", "home", null);
    home.reports("other", "attic", "home", null);
    before = home.history.find(key).orElseThrow();
  }

  @AfterEach
  void close() {
    home.close();
  }

  private String path() {
    return "/events/home/" + key.id().text();
  }

  private void nothingChanged() {
    assertThat(home.history.find(key)).contains(before);
    assertThat(home.clips.get(key)).isPresent();
    assertThat(home.recalled).isEmpty();
    assertThat(home.commands).isEmpty();
    assertThat(home.listeners).isEmpty();
  }

  @Test
  void whatIsAnothersIsAnsweredLikeWhatDoesNotExist() throws Exception {
    for (String suffix : List.of("", "/clip.flac", "/clip.wav", "/spectrogram.png")) {
      String there = otto.get(path() + suffix).mustBe(404).text();
      String nowhere = otto.get("/events/nowhere/" + key.id().text() + suffix).text();
      String own = otto.get("/events/other/" + key.id().text() + suffix).text();
      assertThat(there).isEqualTo(nowhere).isEqualTo(own);
    }
    otto.get("/devices/home/hall").mustBe(404);
    otto.get("/devices/other/hall").mustBe(404);
    nothingChanged();
  }

  @Test
  void filtersShowNothingOfAnotherHome() throws Exception {
    String nothing = "{\"events\":[],\"next\":null}";
    for (String query :
        List.of(
            "",
            "?site=home",
            "?site=home&site=other",
            "?device=hall",
            "?event=dog_bark",
            "?before=7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            "?before=" + key.id().text())) {
      assertThat(otto.get("/events" + query).mustBe(200).text()).isEqualTo(nothing);
    }
    assertThat(otto.get("/devices").mustBe(200).text()).contains("attic").doesNotContain("hall");
    assertThat(otto.get("/audit").mustBe(200).text()).isEqualTo("{\"lines\":[]}");
  }

  @Test
  void anotherHomeIsNotAnsweredDeletedCommandedOrListenedTo() throws Exception {
    otto.put(path() + "/answer", "{\"answer\":\"was_not_it\"}").mustBe(404);
    otto.delete(path()).mustBe(404);
    otto.delete("/events/other/" + key.id().text()).mustBe(404);
    otto.post("/devices/home/hall/commands", siren()).mustBe(404);
    otto.post("/devices/other/hall/commands", siren()).mustBe(404);
    otto.post("/devices/home/hall/live", "{\"seconds\":30,\"consent\":true}").mustBe(404);
    nothingChanged();
  }

  @Test
  void oneForeignEventAmongManyKeepsAllOfThem() throws Exception {
    EventKey own = home.opens("other", "attic", "siren", home.clock.instant());
    otto.post(
            "/events/delete",
            "{\"events\":[{\"site\":\"other\",\"id\":\"%s\"},{\"site\":\"home\",\"id\":\"%s\"}]}"
                .formatted(own.id().text(), key.id().text()))
        .mustBe(404);
    assertThat(home.history.find(own)).isPresent();
    nothingChanged();
  }

  @Test
  void viewersSeeAndHearButChangeNothing() throws Exception {
    vera.get(path()).mustBe(200);
    vera.get(path() + "/clip.wav").mustBe(200);
    vera.get("/devices/home/hall").mustBe(200);
    vera.put(path() + "/answer", "{\"answer\":\"was_not_it\"}").mustBe(403);
    vera.delete(path()).mustBe(403);
    vera.post(
            "/events/delete",
            "{\"events\":[{\"site\":\"home\",\"id\":\"%s\"}]}".formatted(key.id().text()))
        .mustBe(403);
    vera.post("/devices/home/hall/commands", siren()).mustBe(403);
    vera.post("/devices/home/hall/live", "{\"seconds\":30,\"consent\":true}").mustBe(403);
    assertThat(vera.get("/audit").mustBe(200).text()).isEqualTo("{\"lines\":[]}");
    nothingChanged();
  }

  @Test
  void onlyAdministratorsManageAndTheySeeNoHomeByThat() throws Exception {
    for (Browser browser : List.of(otto, vera)) {
      browser.get("/accounts").mustBe(403);
      browser.get("/sites").mustBe(403);
      browser.delete("/accounts/anna").mustBe(403);
      browser
          .put(
              "/accounts/otto",
              "{\"admin\":true,\"sites\":[{\"site\":\"home\",\"role\":\"owner\"}]}")
          .mustBe(403);
      browser.put("/accounts/anna/password", "{\"new\":\"another password\"}").mustBe(403);
      browser.delete("/accounts/anna/sessions").mustBe(403);
      browser
          .post(
              "/accounts",
              "{\"name\":\"x\",\"password\":\"1234567890a\",\"admin\":true,\"sites\":[]}")
          .mustBe(403);
    }
    EventKey theirs = home.opens("other", "attic", "siren", home.clock.instant());
    anna.get("/events/other/" + theirs.id().text()).mustBe(404);
    anna.get("/devices/other/attic").mustBe(404);
    nothingChanged();
  }

  @Test
  void nobodyIsServedWithoutASession() throws Exception {
    Browser guest = new Browser(home.address());
    guest.get("/session").mustBe(200);
    for (Route route : home.server.routes()) {
      if (route.need() == Route.Need.NOTHING) {
        continue;
      }
      String path =
          route
              .path()
              .replace("{site}", "home")
              .replace("{id}", key.id().text())
              .replace("{device}", "hall")
              .replace("{name}", "anna");
      String body = route.method().name().equals("GET") ? null : "{}";
      guest.send(route.method().name(), "/api/v1" + path, body).mustBe(401);
    }
    nothingChanged();
  }

  @Test
  void changesOfAnotherHomeAreNotTold() throws Exception {
    var stream = otto.open("GET", "/changes?after=0", null);
    assertThat(stream.statusCode()).isEqualTo(200);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      Instant now = home.clock.instant();
      home.opens("home", "hall", "smoke_alarm", now);
      EventKey own = home.opens("other", "attic", "siren", now);
      home.opens("home", "hall", "co_alarm", now);
      StringBuilder heard = new StringBuilder();
      while (!heard.toString().contains(own.id().text())) {
        heard.append(in.readLine()).append('\n');
      }
      assertThat(heard.toString()).contains("attic").doesNotContain("hall").doesNotContain("home");
    }
  }

  @Test
  void whoeverLosesAHomeIsToldNoMore() throws Exception {
    var stream = vera.open("GET", "/changes", null);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(in.readLine()).startsWith("id:"); // hello
      anna.put(
              "/accounts/vera",
              "{\"admin\":false,\"sites\":[{\"site\":\"other\",\"role\":\"viewer\"}]}")
          .mustBe(200);
      vera.get(path()).mustBe(404);
      // one change of the new home: when it is heard, the rights have been looked at again
      StringBuilder heard = new StringBuilder();
      while (!heard.toString().contains("attic")) {
        home.opens("other", "attic", "siren", home.clock.instant());
        String line = in.readLine();
        heard.append(line);
      }
      EventKey old = home.opens("home", "hall", "smoke_alarm", home.clock.instant());
      EventKey later = home.opens("other", "attic", "siren", home.clock.instant());
      StringBuilder rest = new StringBuilder();
      while (!rest.toString().contains(later.id().text())) {
        rest.append(in.readLine());
      }
      assertThat(rest.toString()).doesNotContain(old.id().text());
    }
  }

  private static String siren() {
    return "{\"v\":1,\"command\":\"siren\",\"on\":true}";
  }
}
