package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.earshot.cloud.store.Databases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers, limits, refusals, health and metrics. */
class ServerTest {
  @TempDir Path folder;

  @Test
  void everyAnswerTellsBrowsersWhatTheyMay() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      for (String path :
          List.of("/", "/style.css", "/api/v1/events", "/api/v1/nothing", "/nothing", "/healthz")) {
        Browser.Reply reply = anna.send("GET", path, null);
        assertThat(reply.header("Content-Security-Policy"))
            .as(path)
            .startsWith("default-src 'self';")
            .contains("frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Permissions-Policy")).contains("microphone=()");
        assertThat(reply.header("Server")).isEmpty();
      }
      assertThat(anna.get("/events").header("Cache-Control")).isEqualTo("no-store");
      assertThat(anna.send("GET", "/", null).header("Cache-Control")).isEqualTo("no-cache");
      anna.send("GET", "/api/v1/nothing", null).mustBe(404);
      anna.send("GET", "/js/../../application.properties", null).mustBe(400);
    }
  }

  @Test
  void filesAreSentOnceAndThenConfirmed() throws Exception {
    try (Household home = new Household(folder)) {
      Browser guest = new Browser(home.address());
      Browser.Reply first = guest.send("GET", "/js/app.js", null);
      assertThat(first.header("Content-Type")).startsWith("text/javascript");
      guest.headers.put("If-None-Match", first.header("ETag"));
      Browser.Reply second = guest.send("GET", "/js/app.js", null);
      assertThat(second.status()).isEqualTo(304);
      assertThat(second.bytes()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsTooLargeOrNoJson() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      anna.post("/events/delete", "{\"events\":[],\"x\":\"" + "x".repeat(70_000) + "\"}")
          .mustBe(413);
      anna.post("/events/delete", "{\"events\":[" + "1,".repeat(2_000) + "1]}").mustBe(400);
      anna.post("/events/delete", "{\"a\":".repeat(20) + "1" + "}".repeat(20)).mustBe(400);
      anna.post("/events/delete", "{\"events\":[],\"events\":[]}").mustBe(400);
      anna.post("/events/delete", "\u0000").mustBe(400);
      anna.headers.put("X-Long", "x".repeat(20_000));
      Browser.Reply reply = anna.send("GET", "/api/v1/events", null);
      assertThat(reply.status()).isEqualTo(431);
    }
  }

  @Test
  void answersADamagedRequestLikeEverythingElse() throws Exception {
    try (Household home = new Household(folder);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), home.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
      assertThat(answer).doesNotContain("Jetty").contains("nosniff");
    }
  }

  @Test
  void metricsAreForThisMachineOrWithTheToken() throws Exception {
    String token = "a token of the monitoring";
    try (Household home =
        new Household(
            Databases.SQLITE,
            folder,
            s ->
                new WebSettings(
                    s.host(),
                    0,
                    "",
                    List.of("127.0.0.1"),
                    s.sessionIdle(),
                    s.sessionLimit(),
                    null,
                    token,
                    s.clipPreRoll(),
                    s.changePoll(),
                    20,
                    16))) {
      Browser here = new Browser(home.address());
      assertThat(here.send("GET", "/metrics", null).text()).isEqualTo("earshot_up 1\n");
      assertThat(here.send("GET", "/healthz", null).text()).isEqualTo("ok\n");
      here.headers.put("X-Forwarded-For", "203.0.113.9");
      here.send("GET", "/metrics", null).mustBe(404);
      here.headers.put("Authorization", "Bearer wrong");
      here.send("GET", "/metrics", null).mustBe(404);
      here.headers.put("Authorization", "Bearer " + token);
      here.send("GET", "/metrics", null).mustBe(200);
      here.headers.remove("Authorization");
      here.headers.put("X-Forwarded-For", "127.0.0.1"); // what a stranger may claim
      here.send("GET", "/metrics", null).mustBe(404);
    }
  }

  @Test
  void saysSoWhenTheDatabaseIsAway() throws Exception {
    try (Household home = new Household(folder)) {
      Browser anna = home.admin();
      home.database.close();
      anna.get("/events").mustBe(503);
      anna.send("GET", "/", null).mustBe(200);
      anna.send("GET", "/healthz", null).mustBe(200);
    }
  }

  @Test
  void saysWhichAddressIsTaken() throws Exception {
    try (Household home = new Household(folder)) {
      int port = home.server.port();
      assertThatThrownBy(
              () ->
                  new Household(
                      Databases.SQLITE,
                      folder,
                      s ->
                          new WebSettings(
                              s.host(),
                              port,
                              "",
                              List.of(),
                              s.sessionIdle(),
                              s.sessionLimit(),
                              null,
                              "",
                              s.clipPreRoll(),
                              s.changePoll(),
                              20,
                              16)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }
}
