package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.earshot.cloud.store.Databases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets in, for how long, and whose requests count. */
class SignInApiTest {
  private static final String NEW_PASSWORD = "{\"current\":\"%s\",\"new\":\"%s\"}";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theCodeMakesOneAdministratorAndNoSecond(Databases kind) throws Exception {
    try (Household home = new Household(kind, folder, settings -> settings)) {
      Browser guest = new Browser(home.address());
      assertThat(guest.get("/session").text()).contains("\"setupNeeded\":true", "\"user\":null");
      guest.setUp("AAAAA-AAAAA-AAAAA-AAAAA", "eve", Household.PASSWORD, "home").mustBe(403);
      String code = home.server.setupCode().orElseThrow();
      guest.setUp(code, "anna", "short", "home").mustBe(400);
      guest.setUp(code, "anna", Household.PASSWORD, "no home").mustBe(400);
      String mine = guest.setUp(code, "Anna", Household.PASSWORD, "home").mustBe(200).text();
      assertThat(mine)
          .contains("\"name\":\"anna\",\"admin\":true,\"sites\":{\"home\":\"owner\"}")
          .contains("\"setupNeeded\":false");
      new Browser(home.address()).setUp(code, "eve", Household.PASSWORD, "home").mustBe(403);
      guest.get("/accounts").mustBe(200);
    }
  }

  @Test
  void writesTheCodeToAFileForItsOwnerOnly() throws Exception {
    Path file = folder.resolve("code");
    try (Household home = new Household(Databases.SQLITE, folder, s -> with(s, file))) {
      assertThat(Files.readString(file).strip()).isEqualTo(home.server.setupCode().orElseThrow());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  private static WebSettings with(WebSettings s, Path codeFile) {
    return new WebSettings(
        s.host(),
        s.port(),
        s.publicUrl(),
        s.trustedProxies(),
        s.sessionIdle(),
        s.sessionLimit(),
        codeFile,
        s.metricsToken(),
        s.clipPreRoll(),
        s.changePoll(),
        s.maxViewers(),
        s.threads());
  }

  @ParameterizedTest
  @EnumSource
  void signsInAndOutAndEndsUnusedAndOldSessions(Databases kind) throws Exception {
    try (Household home = new Household(kind, folder, settings -> settings)) {
      Browser anna = home.admin();
      anna.delete("/session").mustBe(204);
      anna.get("/events").mustBe(401);
      String old = anna.cookies.get("earshot");
      assertThat(old).isNull();

      anna.signIn("ANNA ", Household.PASSWORD).mustBe(200);
      anna.get("/events").mustBe(200);
      home.clock.forward(Duration.ofDays(13));
      anna.get("/events").mustBe(200);
      home.clock.forward(Duration.ofDays(13));
      anna.get("/events").mustBe(200);
      home.clock.forward(Duration.ofDays(15));
      anna.get("/events").mustBe(401);

      anna.signIn("anna", Household.PASSWORD).mustBe(200);
      for (int i = 0; i < 6; i++) {
        anna.get("/events").mustBe(200);
        home.clock.forward(Duration.ofDays(11));
      }
      anna.get("/events").mustBe(401);
    }
  }

  @Test
  void aStolenTokenIsWorthlessAfterSigningOutEverywhere() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      Browser elsewhere = new Browser(home.address());
      elsewhere.signIn("anna", Household.PASSWORD).mustBe(200);
      assertThat(anna.get("/account/sessions").mustBe(200).text())
          .contains("\"this\":true", "\"this\":false");
      var stream = elsewhere.open("GET", "/changes", null);
      anna.delete("/account/sessions").mustBe(204);
      elsewhere.get("/events").mustBe(401);
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        assertThat(in.lines().toList()).contains("event: bye");
      }
    }
  }

  @Test
  void aNewPasswordEndsAllOtherSessionsAndNeedsTheOldOne() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      Browser elsewhere = new Browser(home.address());
      elsewhere.signIn("anna", Household.PASSWORD).mustBe(200);
      String fresh = "another good password";
      anna.put("/account/password", NEW_PASSWORD.formatted("wrong", fresh)).mustBe(403);
      anna.put("/account/password", NEW_PASSWORD.formatted(Household.PASSWORD, "short"))
          .mustBe(400);
      String cookie = anna.cookies.get("earshot");
      anna.put("/account/password", NEW_PASSWORD.formatted(Household.PASSWORD, fresh)).mustBe(200);
      assertThat(anna.cookies.get("earshot")).isNotEqualTo(cookie);
      anna.get("/session");
      anna.get("/events").mustBe(200);
      elsewhere.get("/events").mustBe(401);
      elsewhere.signIn("anna", Household.PASSWORD).mustBe(403);
      elsewhere.signIn("anna", fresh).mustBe(200);
    }
  }

  @Test
  void guessingIsSlowAndTellsNothingOfWhoExists() throws Exception {
    try (Household home = new Household(folder)) {
      home.admin();
      Browser guest = new Browser(home.address());
      String wrong = guest.signIn("anna", "a wrong password").mustBe(403).text();
      assertThat(guest.signIn("nobody", "a wrong password").mustBe(403).text()).isEqualTo(wrong);
      assertThat(guest.signIn("no such name!", "a wrong password").mustBe(403).text())
          .isEqualTo(wrong);
      for (int i = 0; i < 4; i++) {
        guest.signIn("anna", "a wrong password").mustBe(403);
        guest.signIn("nobody", "a wrong password").mustBe(403);
      }
      Browser.Reply stopped = guest.signIn("anna", Household.PASSWORD).mustBe(429);
      assertThat(Long.parseLong(stopped.header("Retry-After"))).isBetween(1L, 180L);
      guest.signIn("nobody", "a wrong password").mustBe(429);
      home.clock.forward(Duration.ofMinutes(3));
      guest.signIn("anna", Household.PASSWORD).mustBe(200);
    }
  }

  @Test
  void requestsOfOtherPagesChangeNothing() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      String body = "{\"name\":\"x\",\"password\":\"1234567890a\",\"admin\":true,\"sites\":[]}";
      String csrf = anna.csrf;
      anna.csrf = null;
      anna.post("/accounts", body).mustBe(403);
      anna.csrf = "x" + csrf.substring(1);
      anna.post("/accounts", body).mustBe(403);
      anna.csrf = csrf;
      for (String origin : List.of("https://evil.example", "null", home.address() + "0")) {
        anna.origin = origin;
        anna.post("/accounts", body).mustBe(403);
      }
      anna.origin = null;
      anna.post("/accounts", body).mustBe(403);
      anna.origin = home.address();
      Browser other = new Browser(home.address());
      other.get("/session");
      anna.csrf = other.csrf;
      anna.post("/accounts", body).mustBe(403);
      anna.csrf = csrf;
      anna.headers.put("Content-Type", "text/plain");
      anna.post("/accounts", body).mustBe(415);
      anna.headers.clear();
      anna.post("/accounts", body).mustBe(201);

      Browser strange = new Browser(home.address());
      strange
          .post("/session", "{\"name\":\"anna\",\"password\":\"%s\"}".formatted(Household.PASSWORD))
          .mustBe(403); // signing in needs a page's token, too
    }
  }

  @Test
  void cookiesAreOutOfReachAndForTlsOnlyBehindIt() throws Exception {
    try (Household home =
        new Household(
            Databases.SQLITE,
            folder,
            s ->
                new WebSettings(
                    s.host(),
                    s.port(),
                    "",
                    List.of("127.0.0.1"),
                    s.sessionIdle(),
                    s.sessionLimit(),
                    null,
                    "",
                    s.clipPreRoll(),
                    s.changePoll(),
                    20,
                    16))) {
      Browser plain = new Browser(home.address());
      assertThat(plain.get("/session").header("Set-Cookie"))
          .startsWith("earshot-guest=")
          .contains("HttpOnly", "SameSite=Strict", "Path=/")
          .doesNotContain("Secure");
      Browser proxied = new Browser(home.address());
      proxied.headers.put("X-Forwarded-Proto", "https");
      proxied.headers.put("X-Forwarded-Host", "earshot.example");
      proxied.headers.put("X-Forwarded-For", "198.51.100.7, 203.0.113.9");
      proxied.origin = "https://earshot.example";
      Browser.Reply guest = proxied.get("/session");
      assertThat(guest.header("Set-Cookie"))
          .startsWith("__Host-earshot-guest=")
          .contains("; Secure");
      assertThat(guest.header("Strict-Transport-Security")).isNotEmpty();
      proxied
          .setUp(home.server.setupCode().orElseThrow(), "anna", Household.PASSWORD, "home")
          .mustBe(200);
      assertThat(proxied.get("/account/sessions").text()).contains("\"address\":\"203.0.113.9\"");
      proxied.origin = home.address();
      proxied.delete("/session").mustBe(403);
    }
  }

  @Test
  void administratorsCannotLoseTheLastOfThem() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      anna.delete("/accounts/anna").mustBe(409);
      anna.put("/accounts/anna", "{\"admin\":false,\"sites\":[]}").mustBe(409);
      Browser ben = home.member(anna, "ben", "home", "viewer");
      anna.post(
              "/accounts",
              "{\"name\":\"Ben\",\"password\":\"1234567890a\",\"admin\":false,\"sites\":[]}")
          .mustBe(409);
      anna.put("/accounts/ben", "{\"admin\":true,\"sites\":[]}").mustBe(200);
      ben.get("/accounts").mustBe(200);
      ben.put("/accounts/anna/password", "{\"new\":\"set by somebody else\"}").mustBe(204);
      anna.get("/events").mustBe(401);
      ben.delete("/accounts/anna").mustBe(204);
      assertThat(ben.get("/accounts").text()).doesNotContain("anna");
      ben.delete("/accounts/anna").mustBe(404);
      assertThat(ben.get("/sites").mustBe(200).text()).isEqualTo("{\"sites\":[]}");
    }
  }
}
